package org.cudaconvnet.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.VectorPortableMath;
import org.cudaconvnet.kernels.XorwowStates;

/** One stream in each vector lane. */
final class VectorXorwowLoops implements XorwowLoops {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STREAMS = RandomStreams.COUNT;
    /** The bits of 2^23: with an integer below 2^23 in the low bits they are the float 2^23 + integer. */
    private static final int TWO_23_BITS = 0x4b000000;
    private static final float TWO_23 = 0x1p23f;

    private final ScalarXorwowLoops scalar = new ScalarXorwowLoops();

    @Override
    public void draw(int[] states, int stream, int length, float scale, float[] target, int targetStart) {
        FloatVector scales = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, scale);
        FloatVector halfScales = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, scale / 2);
        FloatVector twoTo16 = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 0x1p16f);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            int at = stream + i;
            IntVector first = IntVector.fromArray(SPECIES, states, at);
            IntVector last = IntVector.fromArray(SPECIES, states, 4 * STREAMS + at);
            IntVector t = first.lanewise(XOR, first.lanewise(LSHR, 2));
            IntVector.fromArray(SPECIES, states, STREAMS + at).intoArray(states, at);
            IntVector.fromArray(SPECIES, states, 2 * STREAMS + at).intoArray(states, STREAMS + at);
            IntVector.fromArray(SPECIES, states, 3 * STREAMS + at).intoArray(states, 2 * STREAMS + at);
            last.intoArray(states, 3 * STREAMS + at);
            last = last.lanewise(XOR, last.lanewise(LSHL, 4)).lanewise(XOR, t.lanewise(XOR, t.lanewise(LSHL, 1)));
            last.intoArray(states, 4 * STREAMS + at);
            IntVector counter = IntVector.fromArray(SPECIES, states, XorwowStates.WEYL * STREAMS + at).add(XorwowStates.WEYL_STEP);
            counter.intoArray(states, XorwowStates.WEYL * STREAMS + at);
            IntVector x = last.add(counter);
            FloatVector high = x.lanewise(LSHR, 16).or(TWO_23_BITS).reinterpretAsFloats().sub(TWO_23);
            FloatVector low = x.and(0xffff).or(TWO_23_BITS).reinterpretAsFloats().sub(TWO_23);
            high.fma(twoTo16, low).fma(scales, halfScales).intoArray(target, targetStart + i);
        }
        scalar.draw(states, stream + i, length - i, scale, target, targetStart + i);
    }

    @Override
    public void boxMuller(float[] uniforms, int uniformsStart, float[] angles, int anglesStart, int length) {
        VectorPortableMath.log(uniforms, uniformsStart, uniforms, uniformsStart, length);
        float[] sines = new float[length];
        VectorPortableMath.sinAndCos(angles, anglesStart, sines, 0, length);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector radius = FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, uniforms, uniformsStart + i).mul(-2).sqrt();
            radius.mul(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, sines, i)).intoArray(uniforms, uniformsStart + i);
            radius.mul(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, angles, anglesStart + i)).intoArray(angles, anglesStart + i);
        }
        for (; i < length; i++) {
            float radius = (float) Math.sqrt(-2 * uniforms[uniformsStart + i]);
            uniforms[uniformsStart + i] = radius * sines[i];
            angles[anglesStart + i] = radius * angles[anglesStart + i];
        }
    }
}
