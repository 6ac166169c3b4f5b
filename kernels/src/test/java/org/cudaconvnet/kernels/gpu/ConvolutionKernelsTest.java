package org.cudaconvnet.kernels.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.cudaconvnet.kernels.ptx.PtxModules;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every convolution kernel gives the bits of its Java twin and passes the emulator's checks")
class ConvolutionKernelsTest {
    private static final int FILTER_SIZE = 3;
    private static final int GROUPS = 2;

    private enum Connectivity { GROUPED, LOCAL, SPARSE, FEW_CHANNELS }

    /** A kernel, the rows and columns of its tile and its threads. */
    private record Tile(String kernel, int rows, int columns, int threads) {
        boolean isChecked() {
            return kernel.endsWith("_checked");
        }
    }

    private record Case(Tile tile, Connectivity connectivity, float scaleTargets, float scaleOutput) {
        @Override
        public String toString() {
            return tile.kernel + " " + connectivity + ", scales " + scaleTargets + " " + scaleOutput;
        }

        /** Sometimes two tiles of images, the second one with every remainder of 4 if the kernel allows that. */
        int numImages() {
            return tile.isChecked() ? tile.columns + 4 + connectivity.ordinal() : connectivity == Connectivity.GROUPED ? 2 * tile.columns : tile.columns;
        }

        /** Padding, overhang on the right and one module inside the image, so that modules and pixels of every kind occur. */
        ConvGeometry geometry(int channelsPerGroup, int filtersPerGroup) {
            int groups = connectivity == Connectivity.FEW_CHANNELS ? 1 : GROUPS;
            int[] indices = connectivity == Connectivity.SPARSE
                    ? IntStream.range(0, groups * channelsPerGroup).map(i -> groups * channelsPerGroup - 1 - i).toArray() : null;
            return new ConvGeometry(4, 5, groups * channelsPerGroup, groups * filtersPerGroup, FILTER_SIZE, 2, 3, -1, 2, channelsPerGroup,
                    groups, connectivity == Connectivity.LOCAL, indices);
        }
    }

    static Stream<Case> filterActs() {
        return cases(new Tile("filterActs_f96_i128", 96, 128, 192), new Tile("filterActs_f64_i128", 64, 128, 128),
                new Tile("filterActs_f48_i128", 48, 128, 192), new Tile("filterActs_f32_i128", 32, 128, 128),
                new Tile("filterActs_f16_i128", 16, 128, 128), new Tile("filterActs_f32_i32_checked", 32, 32, 64),
                new Tile("filterActs_f16_i32_checked", 16, 32, 32));
    }

    static Stream<Case> imgActs() {
        return cases(new Tile("imgActs_c96_i128", 96, 128, 192), new Tile("imgActs_c64_i128", 64, 128, 128),
                new Tile("imgActs_c48_i128", 48, 128, 192), new Tile("imgActs_c32_i128", 32, 128, 128),
                new Tile("imgActs_c16_i128", 16, 128, 128), new Tile("imgActs_c32_i32_checked", 32, 32, 64),
                new Tile("imgActs_c4_i128_checked", 4, 128, 32))
                .filter(c -> c.connectivity != Connectivity.FEW_CHANNELS || c.tile.isChecked());
    }

    static Stream<Case> weightActs() {
        return cases(new Tile("weightActs_w64_f128", 64, 128, 128), new Tile("weightActs_w64_f96", 64, 96, 96),
                new Tile("weightActs_w64_f64", 64, 64, 128), new Tile("weightActs_w64_f48", 64, 48, 192),
                new Tile("weightActs_w64_f32", 64, 32, 128), new Tile("weightActs_w32_f64", 32, 64, 128),
                new Tile("weightActs_w32_f32", 32, 32, 64), new Tile("weightActs_w32_f16", 32, 16, 32),
                new Tile("weightActs_w32_f32_checked", 32, 32, 64), new Tile("weightActs_w32_f16_checked", 32, 16, 32));
    }

    private static Stream<Case> cases(Tile... tiles) {
        float[][] scales = {{0, 1}, {1, 1}, {0, 0.3f}, {0.7f, 0.3f}};
        List<Case> cases = new ArrayList<>();
        for (Tile tile : tiles) {
            for (Connectivity connectivity : Connectivity.values()) {
                float[] scale = scales[(cases.size() + cases.size() / scales.length) % scales.length];
                cases.add(new Case(tile, connectivity, scale[0], scale[1]));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("filterActs")
    void filterActs(Case c) {
        ConvGeometry geometry = c.geometry(c.connectivity == Connectivity.FEW_CHANNELS ? 3 : 4,
                c.connectivity == Connectivity.SPARSE ? 2 * c.tile.rows : c.tile.rows);
        int numImages = c.numImages();
        float[] images = random(geometry.imageRows() * numImages);
        float[] filters = random(geometry.filterRows() * geometry.numFilters());
        float[] targets = targets(geometry.hidActsRows() * numImages, c);
        int blocks = geometry.numFilters() / c.tile.rows * geometry.numModules() * ceilDiv(numImages, c.tile.columns);
        float[] actual = launch("filter_acts", c, blocks, geometry, images, filters, targets, numImages, numImages);
        assertBits(actual, onCpu(images, filters, targets, numImages, geometry.numFilters(), numImages, (backend, x, y, z) ->
                backend.filterActs().filterActs(x, y, z, geometry, c.scaleTargets, c.scaleOutput)));
    }

    @ParameterizedTest
    @MethodSource("imgActs")
    void imgActs(Case c) {
        int channels = c.connectivity == Connectivity.FEW_CHANNELS ? 3 : c.tile.isChecked() ? c.tile.rows + 4
                : c.connectivity == Connectivity.SPARSE ? 2 * c.tile.rows : c.tile.rows;
        ConvGeometry geometry = c.geometry(channels, 16);
        int numImages = c.numImages();
        float[] hidActs = random(geometry.hidActsRows() * numImages);
        float[] filters = random(geometry.filterRows() * geometry.numFilters());
        float[] targets = targets(geometry.imgActsRows() * numImages, c);
        int blocks = ceilDiv(channels, c.tile.rows) * geometry.numGroups() * geometry.imgPixels() * ceilDiv(numImages, c.tile.columns);
        float[] actual = launch("img_acts", c, blocks, geometry, hidActs, filters, targets, numImages);
        assertBits(actual, onCpu(hidActs, filters, targets, numImages, geometry.numFilters(), numImages, (backend, x, y, z) ->
                backend.imgActs().imgActs(x, y, z, geometry, c.scaleTargets, c.scaleOutput)));
    }

    @ParameterizedTest
    @MethodSource("weightActs")
    void weightActs(Case c) {
        ConvGeometry geometry = c.geometry(c.connectivity == Connectivity.FEW_CHANNELS ? 3 : 8, c.tile.columns);
        int numImages = c.tile.isChecked() ? 12 + c.connectivity.ordinal() : 16;
        int partialSum = geometry.local() ? 1 : 3;
        int chunks = geometry.numModules() / partialSum;
        int weights = geometry.numFilterColors() * geometry.filterPixels();
        float[] images = random(geometry.imageRows() * numImages);
        float[] hidActs = random(geometry.hidActsRows() * numImages);
        float[] targets = targets(chunks * weights * geometry.numFilters(), c);
        int blocks = geometry.numFilters() / c.tile.columns * ceilDiv(weights, c.tile.rows) * chunks;
        float[] actual = launch("weight_acts", c, blocks, geometry, images, hidActs, targets, numImages, numImages, partialSum);
        assertBits(actual, onCpu(images, hidActs, targets, numImages, numImages, geometry.numFilters(), (backend, x, y, z) ->
                backend.weightActs().weightActs(x, y, z, geometry, partialSum, c.scaleTargets, c.scaleOutput)));
    }

    private static float[] launch(String module, Case c, int blocks, ConvGeometry geometry, float[] a, float[] b, float[] targets,
                                  Object... sizes) {
        try (GpuDriver driver = EmulatedDriver.openChecked(0)) {
            DevicePointer target = upload(driver, targets);
            List<Object> arguments = new ArrayList<>(List.of(upload(driver, a), upload(driver, b), indices(driver, geometry), target));
            arguments.addAll(List.of(sizes));
            arguments.addAll(List.of(geometry.imgSizeY(), geometry.imgSizeX(), geometry.numImgColors(), geometry.numFilters(),
                    geometry.filterSize(), geometry.numModulesY(), geometry.numModulesX(), geometry.paddingStart(),
                    geometry.moduleStride(), geometry.numFilterColors(), geometry.numGroups(), geometry.local() ? 1 : 0,
                    c.scaleTargets, c.scaleOutput));
            driver.launch(driver.load(module, PtxModules.text(module)).function(c.tile.kernel),
                    LaunchGeometry.of(blocks, 1, c.tile.threads, 1), driver.defaultStream(), arguments.toArray());
            float[] result = new float[targets.length];
            driver.download(target, result, 0, result.length);
            return result;
        }
    }

    private static DevicePointer upload(GpuDriver driver, float[] values) {
        DevicePointer pointer = driver.allocate((long) values.length * Float.BYTES);
        driver.upload(values, 0, pointer, values.length);
        return pointer;
    }

    private static DevicePointer indices(GpuDriver driver, ConvGeometry geometry) {
        if (!geometry.isSparse()) {
            return new DevicePointer(0);
        }
        DevicePointer pointer = driver.allocate((long) geometry.colorIndices().length * Integer.BYTES);
        driver.upload(geometry.colorIndices(), 0, pointer, geometry.colorIndices().length);
        return pointer;
    }

    private interface Operation {
        void run(Backend backend, Matrix a, Matrix b, Matrix targets);
    }

    private static float[] onCpu(float[] a, float[] b, float[] targets, int colsA, int colsB, int cols, Operation operation) {
        try (Backend backend = Devices.open("cpu:0", 1, Set.of())) {
            Matrix target = matrix(backend, targets, cols);
            operation.run(backend, matrix(backend, a, colsA), matrix(backend, b, colsB), target);
            float[] result = new float[targets.length];
            backend.download(target, result);
            return result;
        }
    }

    private static Matrix matrix(Backend backend, float[] values, int cols) {
        Matrix matrix = backend.allocate(values.length / cols, cols, false);
        backend.upload(values, matrix);
        return matrix;
    }

    /** Values whose sums round, so that the order of arithmetic shows. */
    private static float[] random(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() * 4 - 2;
        }
        return values;
    }

    /** NaN where the old contents must not be read. */
    private static float[] targets(int count, Case c) {
        float[] values = random(count);
        if (c.scaleTargets == 0f) {
            Arrays.fill(values, Float.NaN);
        }
        return values;
    }

    private static void assertBits(float[] actual, float[] expected) {
        assertThat(IntStream.range(0, expected.length)
                .filter(i -> Float.floatToRawIntBits(actual[i]) != Float.floatToRawIntBits(expected[i])).boxed()).isEmpty();
    }

    private static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }
}
