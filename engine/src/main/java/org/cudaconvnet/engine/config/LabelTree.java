package org.cudaconvnet.engine.config;

import java.util.List;

/**
 * The label tree of a data set (spec: config-language.md section 4.4).
 *
 * @param children children of each node by node index; the first nodes are the classes, which have none
 * @param root     index of the root
 */
public record LabelTree(List<List<Integer>> children, int root) {
}
