package org.cudaconvnet.engine.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;

/**
 * The nodes of a label tree in the two orders in which values pass through it; nodes 0 to classes - 1 are its leaves.
 *
 * @param topDown   every node but the root, each after its parent
 * @param parents   by node, -1 of the root
 * @param numLeaves below each node, 1 of a leaf
 */
record LabelTreeNodes(int root, List<List<Integer>> children, List<Integer> topDown, int[] parents, int[] numLeaves) {
    /** @throws InputException unless every node has one way from the root and exactly the classes are leaves */
    static LabelTreeNodes of(LayerDict dict) {
        List<List<Integer>> children = new ArrayList<>();
        for (List<?> list : dict.list("tree", List.class)) {
            children.add(list.stream().map(Integer.class::cast).toList());
        }
        int root = dict.intValue("rootLabel");
        require(root >= 0 && root < children.size(), dict, root, "a root that is one of " + children.size() + " nodes");
        int[] parents = new int[children.size()];
        Arrays.fill(parents, -1);
        List<Integer> order = new ArrayList<>(List.of(root));
        for (int done = 0; done < order.size(); done++) {
            int node = order.get(done);
            require(children.get(node).isEmpty() == node < dict.outputs(), dict, node, "exactly the classes to have no children");
            for (int child : children.get(node)) {
                require(child >= 0 && child < parents.length && child != root && parents[child] < 0, dict, child, "a node with one parent");
                parents[child] = node;
                order.add(child);
            }
        }
        require(order.size() == children.size(), dict, order.size(), "all " + children.size() + " nodes below the root " + root);
        int[] numLeaves = new int[parents.length];
        for (int done = order.size() - 1; done >= 0; done--) {
            int node = order.get(done);
            numLeaves[node] += children.get(node).isEmpty() ? 1 : 0;
            if (node != root) {
                numLeaves[parents[node]] += numLeaves[node];
            }
        }
        return new LabelTreeNodes(root, children, order.subList(1, order.size()), parents, numLeaves);
    }

    private static void require(boolean condition, LayerDict dict, int found, String expected) {
        if (!condition) {
            throw new InputException("layer " + dict.name() + ": label tree: found " + found + ", expected " + expected);
        }
    }
}
