package org.cudaconvnet.engine.devicecheck;

/**
 * The first matrix, in the order in which a net forms them, that has other bits on several devices than on one.
 *
 * @param minibatch from 1
 * @param what      such as activations
 * @param device    where the layer lives
 * @param row       of the first element that differs
 * @param different number of elements that differ
 */
public record Difference(int minibatch, String what, String layer, String device, int row, int col, float found, float expected,
                         int different, int elements) {
    static Difference of(int minibatch, String device, Snapshot found, Snapshot expected) {
        int first = expected.firstDifference(found);
        return new Difference(minibatch, expected.what(), expected.layer(), device, first / expected.cols(), first % expected.cols(),
                found.values()[first], expected.values()[first], expected.differences(found), expected.values().length);
    }

    @Override
    public String toString() {
        return "mini-batch %d: %s of layer %s on %s: element (%d, %d) is %s (0x%08x), expected %s (0x%08x); %d of %d elements differ".formatted(
                minibatch, what, layer, device, row, col, found, Float.floatToRawIntBits(found), expected,
                Float.floatToRawIntBits(expected), different, elements);
    }
}
