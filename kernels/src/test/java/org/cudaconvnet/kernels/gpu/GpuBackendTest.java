package org.cudaconvnet.kernels.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.HostMemory;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Reductions.Aggregation;
import org.cudaconvnet.kernels.UnaryOperator;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The launchers give the bits of the CPU, whatever the layout of the matrices, and pass the emulator's checks")
class GpuBackendTest {
    private final Backend cpu = Devices.open("cpu:0", 1, Set.of());
    private final Backend gpu = new GpuBackend(EmulatedDriver.openChecked(0), Set.of(), Arithmetic.PORTABLE);

    @AfterEach
    void close() {
        cpu.close();
        gpu.close();
    }

    /** Shape and place of an operand: in some columns or rows of a larger matrix unless {@code gap} is 0. */
    private record Layout(int rows, int cols, boolean transposed, int gap) {
        static Layout of(int rows, int cols) {
            return new Layout(rows, cols, false, 0);
        }

        /** The same elements on every backend; all of the memory around them is filled too. */
        Matrix on(Backend backend, int seed) {
            int stride = (transposed ? rows : cols) + gap;
            int following = transposed ? cols : rows;
            Matrix all = backend.allocate(following, stride, false);
            Random random = new Random(seed);
            float[] values = new float[following * stride];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() * 4 - 2;
            }
            backend.upload(values, all);
            return new Matrix(all.memory(), 0, rows, cols, stride, transposed);
        }
    }

    /** Runs an operation on both backends; its last matrix is the target, of which the surroundings are compared too. */
    private void same(BiConsumer<Backend, Matrix[]> operation, Layout... layouts) {
        List<float[]> results = new ArrayList<>();
        for (Backend backend : List.of(cpu, gpu)) {
            Matrix[] matrices = new Matrix[layouts.length];
            for (int i = 0; i < layouts.length; i++) {
                matrices[i] = layouts[i].on(backend, i + 1);
            }
            operation.accept(backend, matrices);
            Matrix memory = Matrix.of(matrices[layouts.length - 1].memory(), 1,
                    Math.toIntExact(matrices[layouts.length - 1].memory().length()), false);
            float[] values = new float[memory.cols()];
            backend.synchronize();
            backend.download(memory, values);
            results.add(values);
        }
        assertThat(results.get(1)).containsExactly(results.get(0));
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of(Layout.of(37, 70), Layout.of(37, 70)),
                Arguments.of(new Layout(37, 70, true, 0), new Layout(37, 70, true, 0)),
                Arguments.of(new Layout(37, 70, true, 0), Layout.of(37, 70)),
                Arguments.of(new Layout(37, 70, false, 3), new Layout(37, 70, true, 5)),
                Arguments.of(new Layout(37, 70, false, 3), new Layout(37, 70, false, 1)),
                Arguments.of(new Layout(1, 9, true, 2), Layout.of(1, 9)));
    }

    @Test
    void hostArraysOfSeveralBuffersArriveWhole() {
        int count = 2 * HostCopies.BUFFER_ELEMENTS + 3;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        for (int repeat = 0; repeat < 2; repeat++) {
            Matrix matrix = gpu.allocate(1, count, false);
            gpu.upload(values, matrix);
            float[] arrived = new float[count];
            gpu.download(matrix, arrived);
            assertThat(arrived).isEqualTo(values);
            values[count - 1] = -1;
        }
    }

    @Test
    void hostMemoryHoldsAtLeastTheMatrixAndTheMatrixHasNoGaps() {
        try (HostMemory host = gpu.allocateHost(6)) {
            Matrix matrix = gpu.allocate(2, 3, false);
            gpu.upload(new float[] {1, 2, 3, 4, 5, 6}, matrix);
            gpu.download(matrix, host);
            Matrix copy = cpu.allocate(1, 5, false);
            cpu.upload(host, copy);
            assertThat(cpu.downloadRowMajor(copy)).containsExactly(1, 2, 3, 4, 5);
            assertThatThrownBy(() -> gpu.upload(host, gpu.allocate(1, 7, false))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("host memory of 6 elements");
            assertThatThrownBy(() -> gpu.download(new Matrix(matrix.memory(), 0, 2, 2, 3, false), host))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("without gaps");
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void elementwiseOperationsTakeEveryLayout(Layout a, Layout target) {
        same((backend, m) -> backend.elementwise().copy(m[0], m[1]), a, target);
        same((backend, m) -> backend.elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.EXP), m[0], m[1]), a, target);
        same((backend, m) -> backend.elementwise().apply(new UnaryOperator(UnaryOperator.Kind.IN_RANGE_INC, -1, 1), m[0], m[1]), a, target);
        same((backend, m) -> backend.elementwise().apply(BinaryOperator.weightedAdd(0.3f, 1.7f), m[0], m[1], m[2]), a, target, target);
        same((backend, m) -> backend.elementwise().applyVector(BinaryOperator.of(BinaryOperator.Kind.MULTIPLY), m[0], m[1], m[2]),
                a, Layout.of(1, a.cols()), target);
        same((backend, m) -> backend.elementwise().applyVector(BinaryOperator.of(BinaryOperator.Kind.MAX), m[0], m[1], m[2]),
                a, new Layout(a.rows(), 1, true, 0), target);
        same((backend, m) -> backend.elementwise().fill(m[0], 3), target);
        same((backend, m) -> backend.elementwise().tile(m[0], m[1]), new Layout(3, 4, a.transposed(), a.gap()), target);
        same((backend, m) -> backend.weightUpdates().update(m[2], m[1], m[0], 0.9f, 0.03f, -0.01f), a, target, target);
    }

    @ParameterizedTest
    @CsvSource({"0,1,0.5,2", "1,1,0,0.7", "0,9,0.01,0.02", "70,3,0.1,0.1"})
    void lengthFactorsAreTheSame(int zeros, int divisor, float lower, float upper) {
        same((backend, m) -> {
            backend.elementwise().apply(UnaryOperator.of(UnaryOperator.Kind.SQUARE), m[0], m[0]);
            backend.elementwise().fill(m[0].columns(0, zeros), 0);
            backend.weightUpdates().lengthFactors(m[0], divisor, lower, upper);
        }, Layout.of(1, 300));
    }

    @ParameterizedTest
    @CsvSource({"5,20", "20,5", "3,600", "600,3", "2,70", "1,300", "16400,3", "16400,20", "9,1"})
    void reductionsChooseTheTreeByTheShape(int rows, int cols) {
        for (boolean transposed : new boolean[] {false, true}) {
            Layout a = transposed ? new Layout(cols, rows, true, 1) : new Layout(rows, cols, false, 1);
            for (int axis : new int[] {0, 1}) {
                int along = axis;
                Layout target = along == 0 ? Layout.of(1, a.cols()) : new Layout(a.rows(), 1, false, 2);
                same((backend, m) -> backend.reductions().addSum(m[0], along, m[1], 0.5f, 2), a, target);
                same((backend, m) -> backend.reductions().aggregate(Aggregation.MAX, m[0], along, m[1]), a, target);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,0", "7,9,2", "70,90,0", "300,400,1"})
    void totalsAreFinishedOnTheHost(int rows, int cols, int gap) {
        Layout layout = new Layout(rows, cols, false, gap);
        for (Aggregation aggregation : Aggregation.values()) {
            assertThat(gpu.reductions().total(aggregation, layout.on(gpu, 1))).isEqualTo(cpu.reductions().total(aggregation, layout.on(cpu, 1)));
        }
        assertThat(gpu.reductions().norm2(layout.on(gpu, 1))).isEqualTo(cpu.reductions().norm2(layout.on(cpu, 1)));
    }

    @ParameterizedTest
    @CsvSource({"5,7,9", "130,70,20", "1,200,33"})
    void matrixProductsTakeEveryStorageOrder(int rows, int cols, int inner) {
        for (int orders = 0; orders < 8; orders++) {
            Layout a = new Layout(rows, inner, (orders & 1) != 0, 1);
            Layout b = new Layout(inner, cols, (orders & 2) != 0, 0);
            Layout target = new Layout(rows, cols, (orders & 4) != 0, 2);
            same((backend, m) -> backend.matrixProduct().addProduct(m[0], m[1], m[2], 0.5f, 1.5f), a, b, target);
        }
    }

    @ParameterizedTest
    @CsvSource({"128,32,0", "33,32,0", "8,16,4", "8,96,3"})
    void convolutionsChooseAKernelThatTakesTheGeometry(int numImages, int numFilters, int gap) {
        for (int channels : new int[] {3, 16}) {
            ConvGeometry geometry = new ConvGeometry(4, 4, channels, numFilters, 3, 4, 4, -1, 1, channels, 1, false, null);
            Layout images = new Layout(geometry.imageRows(), numImages, false, gap);
            Layout filters = Layout.of(geometry.filterRows(), numFilters);
            Layout hidActs = Layout.of(geometry.hidActsRows(), numImages);
            same((backend, m) -> backend.filterActs().filterActs(m[0], m[1], m[2], geometry, 0, 1), images, filters, hidActs);
            same((backend, m) -> backend.imgActs().imgActs(m[0], m[1], m[2], geometry, 1, 2), hidActs, filters,
                    Layout.of(geometry.imgActsRows(), numImages));
            same((backend, m) -> backend.weightActs().weightActs(m[0], m[1], m[2], geometry, 4, 0.5f, 1), images, hidActs,
                    Layout.of(4 * geometry.filterRows(), numFilters));
        }
    }

    @ParameterizedTest
    @CsvSource({"5,3,1", "130,2,4"})
    void imagesAreMirroredFromAView(int numImages, int channels, int gap) {
        int imgSize = 5;
        Layout images = new Layout(channels * imgSize * imgSize, numImages, false, gap);
        for (float scaleTargets : new float[] {0, 1, 0.5f}) {
            same((backend, m) -> backend.imageTransforms().reflectHorizontal(m[0], m[1], imgSize, scaleTargets), images,
                    Layout.of(images.rows(), numImages));
        }
    }

    @ParameterizedTest
    @CsvSource({"3", "4"})
    void theGradientOfTicaTakesTheMirroredWindow(int sizeX) {
        Layout images = Layout.of(2 * 6 * 6, 5);
        same((backend, m) -> backend.normalization().ticaGrad(m[0], m[1], m[2], 2, sizeX, 0, 0.5f), images, images, images);
        same((backend, m) -> backend.normalization().ticaGrad(m[0], m[1], m[2], 2, sizeX, 1, 0.5f), images, images, images);
    }

    @Test
    void matricesOfAnotherDeviceAreRefused() {
        Matrix here = gpu.allocate(2, 2, false);
        Matrix there = cpu.allocate(2, 2, false);
        assertThatThrownBy(() -> gpu.elementwise().copy(there, here)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not in the memory of emulated:0");
        here.memory().close();
        assertThatThrownBy(() -> gpu.elementwise().fill(here, 1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("freed");
    }

    @Test
    void filtersAtAnAddressThatNoKernelTakesAreRefused() {
        ConvGeometry geometry = new ConvGeometry(2, 2, 1, 16, 2, 1, 1, 0, 1, 1, 1, false, null);
        Matrix filters = new Matrix(gpu.allocate(70), 1, 4, 16, 16, false);
        Matrix images = gpu.allocate(4, 5, false);
        Matrix targets = gpu.allocate(16, 5, false);
        assertThatThrownBy(() -> gpu.filterActs().filterActs(images, filters, targets, geometry, 0, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("filters").hasMessageContaining("element 1");
    }

    @Test
    void devicesAreOpenedByName() {
        try (Backend emulated = Devices.open("emulated:3", 1, Set.of())) {
            assertThat(emulated.name()).isEqualTo("emulated:3");
        }
        assertThatThrownBy(() -> Devices.open("tpu:0", 1, Set.of())).isInstanceOf(DeviceException.class)
                .hasMessage("no device \"tpu:0\": expected cpu:N, emulated:N or cuda:N");
    }
}
