package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;

/** Where the successive steps of a tile of fma chains find their operands, relative to the start of the tile's data. */
record FmaSteps(int[] scalarOffsets, int[] vectorOffsets, int count) {
    /** {@code count} steps over operands packed without gaps for tiles of {@code columns}. */
    static FmaSteps contiguous(int count, int columns) {
        Builder builder = new Builder(count);
        for (int k = 0; k < count; k++) {
            builder.add(k * FmaTile.ROWS, k * columns);
        }
        return builder.build();
    }

    /** The first steps only. */
    FmaSteps first(int number) {
        return new FmaSteps(scalarOffsets, vectorOffsets, number);
    }

    /** Collects steps in their order of execution. */
    static final class Builder {
        private final int[] scalarOffsets;
        private final int[] vectorOffsets;
        private int count;

        Builder(int capacity) {
            scalarOffsets = new int[capacity];
            vectorOffsets = new int[capacity];
        }

        void add(int scalarOffset, int vectorOffset) {
            scalarOffsets[count] = scalarOffset;
            vectorOffsets[count++] = vectorOffset;
        }

        FmaSteps build() {
            return new FmaSteps(Arrays.copyOf(scalarOffsets, count), Arrays.copyOf(vectorOffsets, count), count);
        }
    }
}
