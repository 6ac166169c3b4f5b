package org.cudaconvnet.golden.layercases;

import java.util.List;

/**
 * A small net to be recorded.
 *
 * @param data the matrices that the data layers read, in their order
 */
record LayerPlan(String name, String layer, List<Data> data, String definition, String parameters, boolean hasTree) {
    static final int CASES = 5;
    static final int CLASSES = 4;

    /** Classes 0 and 1 below node 4, that and class 2 below node 5, that and class 3 below node 6. */
    private static final List<List<Integer>> TREE = List.of(List.of(), List.of(), List.of(), List.of(), List.of(0, 1), List.of(4, 2),
            List.of(5, 3));
    private static final int ROOT = 6;

    /** Numbers from -2 to 2, from 0 to 1, or classes. */
    enum Kind { SIGNED, FRACTIONS, LABELS }

    record Data(Kind kind, int rows) {
    }

    LayerCase toCase(long seed) {
        return new LayerCase(name, layer, name + ".npz", definition, parameters, CLASSES, seed, hasTree ? TREE : null,
                hasTree ? ROOT : null);
    }
}
