package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.cudaconvnet.kernels.gpu.driver.emulator.Bank.FLOAT;

/**
 * Instructions whose result the PTX ISA only bounds: here the true value, computed in binary64 by the same algorithm on every JVM
 * ({@link StrictMath}) and rounded to binary32.
 */
final class Approximations {
    private static final double LN_2 = StrictMath.log(2);

    private Approximations() {
    }

    static void define(Operations table) {
        table.binary("div.{approx,full}.f32", FLOAT, FLOAT, FLOAT, FloatLoops::div);
        table.unary("rcp.approx.f32", FLOAT, FLOAT, Each.floats((float a) -> 1 / a));
        table.unary("sqrt.approx.f32", FLOAT, FLOAT, FloatLoops::sqrt);
        table.unary("rsqrt.approx.f32", FLOAT, FLOAT, Each.floats((float a) -> (float) (1 / Math.sqrt(a))));
        table.unary("ex2.approx.f32", FLOAT, FLOAT, Each.floats((float a) -> (float) StrictMath.pow(2, a)));
        table.unary("lg2.approx.f32", FLOAT, FLOAT, Each.floats((float a) -> (float) (StrictMath.log(a) / LN_2)));
        table.unary("sin.approx.f32", FLOAT, FLOAT, Each.floats((float a) -> (float) StrictMath.sin(a)));
        table.unary("cos.approx.f32", FLOAT, FLOAT, Each.floats((float a) -> (float) StrictMath.cos(a)));
        table.unary("tanh.approx.f32", FLOAT, FLOAT, Each.floats((float a) -> (float) StrictMath.tanh(a)));
    }
}
