package org.cudaconvnet.golden.kernelcases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Elementwise;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/** Element-wise operators of the matrix class, operations with a vector, copies and transposes. */
final class ElementwiseCases {
    private ElementwiseCases() {
    }

    static Map<String, Consumer<KernelCall>> calls() {
        Map<String, Consumer<KernelCall>> calls = new LinkedHashMap<>();
        addUnary(calls);
        addBinary(calls);
        addVector(calls);
        calls.put("tile", call -> elementwise(call).tile(call.matrix("a"), call.matrix("target")));
        calls.put("transpose(target)", call -> elementwise(call).copy(call.matrix("a").transposedView(), call.matrix("target")));
        calls.put("flipTrans(target): same matrix, other storage order",
                call -> elementwise(call).copy(call.matrix("a"), call.matrix("target")));
        calls.put("copy(dest, ...)", ElementwiseCases::copyRegion);
        return calls;
    }

    private static void addUnary(Map<String, Consumer<KernelCall>> calls) {
        calls.put("apply(NVMatrixOps::Abs)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.ABS)));
        calls.put("apply(NVMatrixOps::Exp)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.EXP)));
        calls.put("apply(NVMatrixOps::Log)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.LOG)));
        calls.put("apply(NVMatrixOps::Logistic)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.LOGISTIC)));
        calls.put("apply(NVMatrixOps::Reciprocal)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.RECIPROCAL)));
        calls.put("apply(NVMatrixOps::Sign)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.SIGN)));
        calls.put("apply(NVMatrixOps::Sqrt)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.SQRT)));
        calls.put("apply(NVMatrixOps::Square)", unary(call -> UnaryOperator.of(UnaryOperator.Kind.SQUARE)));
        calls.put("pow", unary(call -> UnaryOperator.of(UnaryOperator.Kind.POW, call.floatArgument("p"))));
        calls.put("scale", unary(call -> UnaryOperator.of(UnaryOperator.Kind.SCALE, call.floatArgument("scale"))));
        calls.put("addScalar", unary(call -> new UnaryOperator(UnaryOperator.Kind.LINEAR,
                call.floatArgument("scaleThis"), call.floatArgument("scalar"))));
        calls.put("smallerThanScalar", unary(call -> UnaryOperator.of(UnaryOperator.Kind.SMALLER_THAN, call.floatArgument("scalar"))));
        calls.put("biggerThanScalar", unary(call -> UnaryOperator.of(UnaryOperator.Kind.BIGGER_THAN, call.floatArgument("scalar"))));
        calls.put("minWithScalar", unary(call -> UnaryOperator.of(UnaryOperator.Kind.MIN_WITH, call.floatArgument("scalar"))));
        calls.put("maxWithScalar", unary(call -> UnaryOperator.of(UnaryOperator.Kind.MAX_WITH, call.floatArgument("scalar"))));
        calls.put("inRangeInc", unary(call -> new UnaryOperator(UnaryOperator.Kind.IN_RANGE_INC,
                call.floatArgument("lower"), call.floatArgument("upper"))));
        calls.put("inRangeExc", unary(call -> new UnaryOperator(UnaryOperator.Kind.IN_RANGE_EXC,
                call.floatArgument("lower"), call.floatArgument("upper"))));
    }

    private static void addBinary(Map<String, Consumer<KernelCall>> calls) {
        calls.put("add(b, scaleA, scaleB, target)",
                binary(call -> BinaryOperator.weightedAdd(call.floatArgument("scaleA"), call.floatArgument("scaleB"))));
        calls.put("subtract", binary(call -> BinaryOperator.weightedAdd(1, -1)));
        calls.put("eltwiseMult", binary(call -> BinaryOperator.of(BinaryOperator.Kind.MULTIPLY)));
        calls.put("eltwiseDivide", binary(call -> BinaryOperator.of(BinaryOperator.Kind.DIVIDE)));
        calls.put("squaredDiff", binary(call -> BinaryOperator.of(BinaryOperator.Kind.SQUARED_DIFF)));
        calls.put("equals", binary(call -> BinaryOperator.of(BinaryOperator.Kind.EQUALS)));
        calls.put("biggerThan", binary(call -> BinaryOperator.of(BinaryOperator.Kind.BIGGER_THAN)));
        calls.put("applyMax", binary(call -> BinaryOperator.of(BinaryOperator.Kind.MAX)));
    }

    private static void addVector(Map<String, Consumer<KernelCall>> calls) {
        calls.put("addVector(vec, scaleVec, target)", vector(call -> BinaryOperator.weightedAdd(1, call.floatArgument("scaleVec"))));
        calls.put("eltwiseMultByVector", vector(call -> BinaryOperator.of(BinaryOperator.Kind.MULTIPLY)));
        calls.put("eltwiseDivideByVector", vector(call -> BinaryOperator.of(BinaryOperator.Kind.DIVIDE)));
        calls.put("equalsVector", vector(call -> BinaryOperator.of(BinaryOperator.Kind.EQUALS)));
        calls.put("biggerThanVector", vector(call -> BinaryOperator.of(BinaryOperator.Kind.BIGGER_THAN)));
    }

    private static Consumer<KernelCall> unary(Function<KernelCall, UnaryOperator> operator) {
        return call -> elementwise(call).apply(operator.apply(call), call.matrix("a"), call.matrix("target"));
    }

    private static Consumer<KernelCall> binary(Function<KernelCall, BinaryOperator> operator) {
        return call -> elementwise(call).apply(operator.apply(call), call.matrix("a"), call.matrix("b"), call.matrix("target"));
    }

    private static Consumer<KernelCall> vector(Function<KernelCall, BinaryOperator> operator) {
        return call -> elementwise(call).applyVector(operator.apply(call), call.matrix("a"), call.matrix("vec"), call.matrix("target"));
    }

    private static void copyRegion(KernelCall call) {
        int startRow = call.intArgument("srcStartRow");
        int startCol = call.intArgument("srcStartCol");
        int rows = call.intArgument("srcEndRow") - startRow;
        int cols = call.intArgument("srcEndCol") - startCol;
        elementwise(call).copy(region(call.matrix("a"), startRow, startCol, rows, cols),
                region(call.matrix("dest"), call.intArgument("destStartRow"), call.intArgument("destStartCol"), rows, cols));
    }

    private static Matrix region(Matrix matrix, int row, int col, int rows, int cols) {
        return matrix.rowRange(row, row + rows).columns(col, col + cols);
    }

    private static Elementwise elementwise(KernelCall call) {
        return call.backend().elementwise();
    }
}
