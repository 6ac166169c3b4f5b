package org.cudaconvnet.golden.layercases;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A small net around one layer type, self-contained but for its arrays.
 *
 * @param layer      type that the case is about, such as {@code pool} or {@code neuron}
 * @param file       the npz with its arrays, see {@link LayerRun}
 * @param definition text of the layer definition; data layer k reads the array {@code data/k}
 * @param parameters text of the parameter file
 * @param randomSeed of the random streams of layers that draw
 * @param tree       children of every node of the label tree; null without treefc
 * @param root       of that tree
 */
record LayerCase(@JsonProperty(required = true) String name, @JsonProperty(required = true) String layer,
                 @JsonProperty(required = true) String file, @JsonProperty(required = true) String definition,
                 @JsonProperty(required = true) String parameters, @JsonProperty(required = true) int classes,
                 @JsonProperty(required = true) long randomSeed, List<List<Integer>> tree, Integer root) {
}
