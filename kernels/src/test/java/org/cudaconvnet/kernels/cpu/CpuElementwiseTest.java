package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cudaconvnet.kernels.cpu.TestMatrix.elements;
import static org.cudaconvnet.kernels.cpu.TestMatrix.get;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CpuElementwiseTest {
    private static final BinaryOperator ADD = BinaryOperator.weightedAdd(0.3f, -0.7f);
    private final CpuThreads threads = new CpuThreads(2);
    private final CpuElementwise elementwise = new CpuElementwise(threads, ElementLoops.preferred());

    @AfterEach
    void close() {
        threads.close();
    }

    /** Sizes around the tiles of mixed orders and the pieces of threads; every combination of orders. */
    static Stream<Arguments> shapes() {
        List<Arguments> shapes = new ArrayList<>();
        int[][] sizes = {{1, 1}, {1, 2}, {2, 1}, {1, 33}, {31, 1}, {15, 17}, {16, 256}, {17, 257}, {33, 31}, {300, 130}, {3, 6_000}};
        for (int[] size : sizes) {
            for (int orders = 0; orders < 8; orders++) {
                shapes.add(Arguments.of(size[0], size[1], (orders & 1) != 0, (orders & 2) != 0, (orders & 4) != 0));
            }
        }
        return shapes.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void operatorsWorkOnAnyStorageOrders(int rows, int cols, boolean aTransposed, boolean bTransposed, boolean targetTransposed) {
        for (int gap : new int[] {0, 3}) {
            Matrix a = TestMatrix.random(rows, cols, aTransposed, gap, 1);
            Matrix b = TestMatrix.random(rows, cols, bTransposed, gap, 2);
            Matrix target = TestMatrix.random(rows, cols, targetTransposed, gap, 3);
            elementwise.apply(ADD, a, b, target);
            assertThat(elements(target)).isEqualTo(
                    elements(rows, cols, (y, x) -> Math.fma(0.3f, get(a, y, x), -0.7f * get(b, y, x))));
            elementwise.apply(UnaryOperator.of(UnaryOperator.Kind.SCALE, 3), a, target);
            assertThat(elements(target)).isEqualTo(elements(rows, cols, (y, x) -> get(a, y, x) * 3));
            elementwise.copy(b.transposedView(), target.transposedView());
            assertThat(elements(target)).isEqualTo(elements(b));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void vectorsAreRepeatedAlongTheOtherDimension(int rows, int cols, boolean aTransposed, boolean vectorTransposed, boolean targetTransposed) {
        Matrix a = TestMatrix.random(rows, cols, aTransposed, 1);
        Matrix row = TestMatrix.random(1, cols, vectorTransposed, 2);
        Matrix column = TestMatrix.random(rows, 1, vectorTransposed, 3);
        Matrix target = TestMatrix.random(rows, cols, targetTransposed, 4);
        elementwise.applyVector(ADD, a, row, target);
        assertThat(elements(target)).isEqualTo(
                elements(rows, cols, (y, x) -> Math.fma(0.3f, get(a, y, x), -0.7f * get(row, 0, x))));
        elementwise.applyVector(ADD, a, column, target);
        assertThat(elements(target)).isEqualTo(
                elements(rows, cols, (y, x) -> Math.fma(0.3f, get(a, y, x), -0.7f * get(column, y, 0))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theTargetMayBeAnOperandOfItsOrder(int rows, int cols, boolean aTransposed, boolean bTransposed, boolean ignored) {
        Matrix a = TestMatrix.random(rows, cols, aTransposed, 1);
        Matrix b = TestMatrix.random(rows, cols, bTransposed, 2);
        float[] expected = elements(rows, cols, (y, x) -> Math.fma(0.3f, get(a, y, x), -0.7f * get(b, y, x)));
        elementwise.apply(ADD, a, b, a);
        assertThat(elements(a)).isEqualTo(expected);
    }

    @Test
    void aZeroScaleDoesNotReadItsOperand() {
        Matrix nan = TestMatrix.rowMajor(1, 2, Float.NaN, Float.NaN);
        elementwise.apply(BinaryOperator.weightedAdd(0, 2), nan, TestMatrix.rowMajor(1, 2, 3, 4), nan);
        assertThat(elements(nan)).containsExactly(6, 8);
    }

    @Test
    void viewsChangeNothingOutside() {
        Matrix whole = TestMatrix.rowMajor(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);
        elementwise.fill(whole.columns(1, 3), 0);
        assertThat(elements(whole)).containsExactly(1, 0, 0, 4, 5, 0, 0, 8);
    }

    @Test
    void tileRepeatsInBothDirections() {
        Matrix target = TestMatrix.random(3, 5, true, 1);
        elementwise.tile(TestMatrix.rowMajor(2, 2, 1, 2, 3, 4), target);
        assertThat(elements(target)).containsExactly(1, 2, 1, 2, 1, 3, 4, 3, 4, 3, 1, 2, 1, 2, 1);
    }

    @Test
    void wrongShapesAreNamed() {
        Matrix a = TestMatrix.random(2, 3, false, 1);
        assertThatThrownBy(() -> elementwise.apply(ADD, a, TestMatrix.random(3, 2, false, 2), a))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 x 2").hasMessageContaining("2 x 3");
        assertThatThrownBy(() -> elementwise.applyVector(ADD, a, TestMatrix.random(1, 2, false, 2), a))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 x 2").hasMessageContaining("2 x 1 or 1 x 3");
    }
}
