package org.cudaconvnet.kernels.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/** One geometry, batch and pair of scales that the convolution tests run. */
record ConvCase(String name, ConvGeometry geometry, int numImages, float scaleTargets, float scaleOutput) {
    private static final float[][] SCALES = {{0, 1}, {1, 1}, {0.5f, 2}, {0, 0.5f}};

    static List<ConvCase> all() {
        List<ConvCase> cases = new ArrayList<>();
        for (int numImages : new int[] {1, 31, 32, 33, 64, 96, 128, 129}) {
            add(cases, "batch of " + numImages, numImages, conv(5, 4, 8, 32, 3, -1, 1, 1, false));
        }
        for (int channels : new int[] {1, 2, 3, 4, 6, 8, 16, 48}) {
            add(cases, channels + " channels", 33, conv(4, 4, channels, 16, 3, -1, 1, 1, false));
        }
        for (int filterSize : new int[] {1, 2, 3, 5}) {
            for (int channels : new int[] {3, 8}) {
                int padding = -(filterSize / 2);
                add(cases, "filter size " + filterSize, 5, conv(6, 5, channels, 16, filterSize, padding, 1, 1, false));
                add(cases, "local, filter size " + filterSize, 5, conv(6, 5, channels, 16, filterSize, padding, 1, 1, true));
            }
        }
        for (int filters : new int[] {16, 32, 48, 64, 96}) {
            add(cases, filters + " filters", 32, conv(4, 4, 4, filters, 2, 0, 1, 1, false));
        }
        for (int stride : new int[] {2, 3, 4}) {
            add(cases, "stride " + stride + " with overhang", 7, conv(10, 9, 3, 16, 5, -2, stride, 1, false));
            add(cases, "local, stride " + stride + " with overhang", 7, conv(10, 9, 8, 16, 5, -1, stride, 1, true));
        }
        for (int groups : new int[] {2, 4}) {
            for (boolean local : new boolean[] {false, true}) {
                add(cases, groups + " groups, local " + local, 33, conv(5, 5, 8 * groups, 32 * groups, 3, -1, 2, groups, local));
                add(cases, groups + " groups of 4 channels, local " + local, 3, conv(4, 4, 4 * groups, 16 * groups, 3, -1, 1, groups, local));
                add(cases, "sparse, " + groups + " groups, local " + local, 33, sparse(5, 16, 8, 3, groups, local));
                add(cases, "oversampled, " + groups + " groups, local " + local, 9, sparse(4, 12, 12, 2, groups, local));
            }
        }
        return cases;
    }

    private static void add(List<ConvCase> cases, String name, int numImages, ConvGeometry geometry) {
        float[] scales = SCALES[cases.size() % SCALES.length];
        cases.add(new ConvCase(name, geometry, numImages, scales[0], scales[1]));
    }

    static ConvGeometry conv(int imgSizeY, int imgSizeX, int channels, int filters, int filterSize, int paddingStart, int stride,
                             int groups, boolean local) {
        return new ConvGeometry(imgSizeY, imgSizeX, channels, filters, filterSize, modules(imgSizeY, filterSize, paddingStart, stride),
                modules(imgSizeX, filterSize, paddingStart, stride), paddingStart, stride, channels / groups, groups, local, null);
    }

    /** Random connectivity: every sample of groups sees all channels in an order of its own. */
    private static ConvGeometry sparse(int imgSize, int channels, int filterColors, int filterSize, int groups, boolean local) {
        Random random = new Random(channels + groups);
        int samples = filterColors * groups / channels;
        int[] indices = IntStream.range(0, samples).flatMap(sample -> {
            List<Integer> order = new ArrayList<>(IntStream.range(0, channels).boxed().toList());
            Collections.shuffle(order, random);
            return order.stream().mapToInt(Integer::intValue);
        }).toArray();
        int modules = modules(imgSize, filterSize, -1, 1);
        return new ConvGeometry(imgSize, imgSize, channels, 16 * groups, filterSize, modules, modules, -1, 1, filterColors, groups,
                local, indices);
    }

    private static int modules(int imgSize, int filterSize, int paddingStart, int stride) {
        return 1 + Math.max(0, (-2 * paddingStart + imgSize - filterSize + stride - 1) / stride);
    }

    ConvOracle oracle() {
        return new ConvOracle(geometry, numImages);
    }

    /** Values that round in every sum, so that the order of arithmetic shows; not at the start of their memory. */
    static Matrix random(int rows, int cols, int stride, int seed) {
        int offset = 3;
        Matrix matrix = new Matrix(new CpuMemory(offset + rows * stride), offset, rows, cols, stride, false);
        Random random = new Random(seed);
        float[] values = CpuMemory.values(matrix);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 4 - 2;
        }
        return matrix;
    }

    /** The elements from the matrix' first one to the end of its memory. */
    static float[] values(Matrix matrix) {
        float[] values = CpuMemory.values(matrix);
        return Arrays.copyOfRange(values, (int) matrix.offset(), values.length);
    }

    /** The target's old contents: must not be read if scaleTargets is 0. */
    Matrix target(int rows, int cols) {
        Matrix target = random(rows, cols, cols, 3);
        if (scaleTargets == 0f) {
            Arrays.fill(CpuMemory.values(target), Float.NaN);
        }
        return target;
    }

    @Override
    public String toString() {
        return name + ", scales " + scaleTargets + " " + scaleOutput;
    }
}
