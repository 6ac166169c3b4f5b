package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Convolutions have the bits of the spec's pseudo-code")
class CpuConvolutionTest {
    static Stream<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (ConvCase convCase : ConvCase.all()) {
            runs.add(Arguments.of(convCase, new VectorFmaTile(), 1));
            runs.add(Arguments.of(convCase, new VectorFmaTile(), 2));
            runs.add(Arguments.of(convCase, new ScalarFmaTile(), 2));
        }
        return runs.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, {2} threads")
    @MethodSource("runs")
    void filterActs(ConvCase convCase, FmaTile tile, int numThreads) {
        ConvGeometry geometry = convCase.geometry();
        int numImages = convCase.numImages();
        int imgStride = numImages + 5;
        Matrix images = ConvCase.random(geometry.imageRows(), numImages, imgStride, 1);
        Matrix filters = ConvCase.random(geometry.filterRows(), geometry.numFilters(), geometry.numFilters(), 2);
        Matrix targets = convCase.target(geometry.hidActsRows(), numImages);

        float[] imageValues = ConvCase.values(images);
        float[] filterValues = ConvCase.values(filters);
        float[] expected = expected(convCase, targets, (row, image) -> convCase.oracle().filterAct(imageValues, imgStride,
                filterValues, row / geometry.numModules(), row % geometry.numModules(), image));
        try (CpuThreads threads = new CpuThreads(numThreads)) {
            new CpuFilterActs(threads, tile).filterActs(images, filters, targets, geometry, convCase.scaleTargets(), convCase.scaleOutput());
        }
        assertThat(ConvCase.values(targets)).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0}, {1}, {2} threads")
    @MethodSource("runs")
    void imgActs(ConvCase convCase, FmaTile tile, int numThreads) {
        ConvGeometry geometry = convCase.geometry();
        Matrix hidActs = ConvCase.random(geometry.hidActsRows(), convCase.numImages(), convCase.numImages(), 1);
        Matrix filters = ConvCase.random(geometry.filterRows(), geometry.numFilters(), geometry.numFilters(), 2);
        Matrix targets = convCase.target(geometry.imgActsRows(), convCase.numImages());

        float[] hidActValues = ConvCase.values(hidActs);
        float[] filterValues = ConvCase.values(filters);
        int groupsPerSample = geometry.numGroups() / geometry.overSample();
        float[] expected = new float[ConvCase.values(targets).length];
        float[] old = ConvCase.values(targets);
        for (int group = 0; group < geometry.numGroups(); group++) {
            for (int channel = 0; channel < geometry.numFilterColors(); channel++) {
                int plane = group / groupsPerSample * geometry.numImgColors() + geometry.imageChannel(group, channel);
                for (int i = 0; i < geometry.imgPixels() * convCase.numImages(); i++) {
                    int pixel = i / convCase.numImages();
                    float acc = convCase.oracle().imgAct(hidActValues, filterValues, group, channel, pixel / geometry.imgSizeX(),
                            pixel % geometry.imgSizeX(), i % convCase.numImages());
                    int to = plane * geometry.imgPixels() * convCase.numImages() + i;
                    expected[to] = ConvOracle.scaled(acc, old[to], convCase.scaleTargets(), convCase.scaleOutput());
                }
            }
        }
        try (CpuThreads threads = new CpuThreads(numThreads)) {
            new CpuImgActs(threads, tile).imgActs(hidActs, filters, targets, geometry, convCase.scaleTargets(), convCase.scaleOutput());
        }
        assertThat(ConvCase.values(targets)).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0}, {1}, {2} threads")
    @MethodSource("runs")
    void weightActs(ConvCase convCase, FmaTile tile, int numThreads) {
        ConvGeometry geometry = convCase.geometry();
        int channels = geometry.numFilterColors();
        assumeThat(channels <= 3 || channels % 4 == 0).as("channels that weightActs accepts").isTrue();
        for (int partialSum : partialSums(geometry)) {
            int imgStride = convCase.numImages() + 5;
            Matrix images = ConvCase.random(geometry.imageRows(), convCase.numImages(), imgStride, 1);
            Matrix hidActs = ConvCase.random(geometry.hidActsRows(), convCase.numImages(), convCase.numImages(), 2);
            int perChunk = geometry.local() ? 1 : partialSum == 0 ? geometry.numModules() : partialSum;
            int chunkRows = channels * geometry.filterPixels();
            Matrix targets = convCase.target(geometry.numModules() / perChunk * chunkRows, geometry.numFilters());

            float[] imageValues = ConvCase.values(images);
            float[] hidActValues = ConvCase.values(hidActs);
            float[] expected = expected(convCase, targets, (row, filter) -> convCase.oracle().weightAct(imageValues, imgStride, hidActValues,
                    perChunk, row / chunkRows, row % chunkRows / geometry.filterPixels(), row % geometry.filterPixels(), filter));
            try (CpuThreads threads = new CpuThreads(numThreads)) {
                new CpuWeightActs(threads, tile).weightActs(images, hidActs, targets, geometry, partialSum, convCase.scaleTargets(),
                        convCase.scaleOutput());
            }
            assertThat(ConvCase.values(targets)).containsExactly(expected);
        }
    }

    private static int[] partialSums(ConvGeometry geometry) {
        return geometry.local() ? new int[] {1} : new int[] {0, geometry.numModulesX()};
    }

    private interface Chain {
        float result(int row, int column);
    }

    private static float[] expected(ConvCase convCase, Matrix targets, Chain chain) {
        float[] values = ConvCase.values(targets);
        for (int i = 0; i < values.length; i++) {
            float acc = chain.result(i / targets.cols(), i % targets.cols());
            values[i] = ConvOracle.scaled(acc, values[i], convCase.scaleTargets(), convCase.scaleOutput());
        }
        return values;
    }
}
