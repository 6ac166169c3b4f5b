package org.cudaconvnet.kernels;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PortableMath} over arrays, step by step in vector lanes: the same bits. To be loaded only where
 * {@code jdk.incubator.vector} is present. A target may be the source at the same place.
 *
 * <p>Each loop is one method without helpers, its constants set before it, and not longer than the loops here: the JIT compiler stops
 * inlining in long methods, and a call that is not inlined boxes its vectors. Powers are in {@link VectorPow}.
 */
public final class VectorPortableMath {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorPortableMath() {
    }

    /** {@link PortableMath#exp} of every element. */
    public static void exp(float[] a, int aStart, float[] target, int targetStart, int length) {
        FloatVector log2E = FloatVector.broadcast(SPECIES, PortableMath.LOG2_E);
        FloatVector round = FloatVector.broadcast(SPECIES, PortableMath.ROUND);
        FloatVector minusLn2High = FloatVector.broadcast(SPECIES, -PortableMath.LN2_HIGH);
        FloatVector minusLn2Low = FloatVector.broadcast(SPECIES, -PortableMath.LN2_LOW);
        FloatVector c0 = FloatVector.broadcast(SPECIES, PortableMath.EXP[0]);
        FloatVector c1 = FloatVector.broadcast(SPECIES, PortableMath.EXP[1]);
        FloatVector c2 = FloatVector.broadcast(SPECIES, PortableMath.EXP[2]);
        FloatVector c3 = FloatVector.broadcast(SPECIES, PortableMath.EXP[3]);
        FloatVector c4 = FloatVector.broadcast(SPECIES, PortableMath.EXP[4]);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            FloatVector bounded = x.blend(PortableMath.EXP_LARGEST, x.compare(GT, PortableMath.EXP_LARGEST));
            bounded = bounded.blend(PortableMath.EXP_SMALLEST, bounded.compare(LT, PortableMath.EXP_SMALLEST));
            FloatVector shifted = bounded.fma(log2E, round);
            FloatVector n = shifted.sub(round);
            FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, bounded));
            FloatVector q = c4.fma(r, c3).fma(r, c2).fma(r, c1).fma(r, c0);
            FloatVector p = r.mul(r).fma(q, r).add(1);
            IntVector power = shifted.reinterpretAsInts().sub(PortableMath.ROUND_BITS);
            IntVector half = power.lanewise(ASHR, 1);
            FloatVector first = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector second = power.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            p.mul(first).mul(second).blend(Float.NaN, x.compare(NE, x)).intoArray(target, targetStart + i);
        }
        for (; i < length; i++) {
            target[targetStart + i] = PortableMath.exp(a[aStart + i]);
        }
    }

    /** {@link PortableMath#log} of every element. */
    public static void log(float[] a, int aStart, float[] target, int targetStart, int length) {
        FloatVector round = FloatVector.broadcast(SPECIES, PortableMath.ROUND);
        FloatVector ln2High = FloatVector.broadcast(SPECIES, PortableMath.LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(SPECIES, PortableMath.LN2_LOW);
        FloatVector minusHalf = FloatVector.broadcast(SPECIES, -0.5f);
        FloatVector nan = FloatVector.broadcast(SPECIES, Float.NaN);
        FloatVector c0 = FloatVector.broadcast(SPECIES, PortableMath.LOG[0]);
        FloatVector c1 = FloatVector.broadcast(SPECIES, PortableMath.LOG[1]);
        FloatVector c2 = FloatVector.broadcast(SPECIES, PortableMath.LOG[2]);
        FloatVector c3 = FloatVector.broadcast(SPECIES, PortableMath.LOG[3]);
        FloatVector c4 = FloatVector.broadcast(SPECIES, PortableMath.LOG[4]);
        FloatVector c5 = FloatVector.broadcast(SPECIES, PortableMath.LOG[5]);
        FloatVector c6 = FloatVector.broadcast(SPECIES, PortableMath.LOG[6]);
        FloatVector c7 = FloatVector.broadcast(SPECIES, PortableMath.LOG[7]);
        FloatVector c8 = FloatVector.broadcast(SPECIES, PortableMath.LOG[8]);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            VectorMask<Float> subnormal = x.compare(LT, PortableMath.SMALLEST_NORMAL);
            IntVector bits = x.blend(x.mul(PortableMath.SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
            IntVector octave = bits.sub(PortableMath.SQRT_HALF_BITS).lanewise(ASHR, 23);
            FloatVector e = octave.add(PortableMath.ROUND_BITS).reinterpretAsFloats().sub(round.blend(PortableMath.ROUND + 23, subnormal));
            FloatVector f = bits.sub(octave.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1);
            FloatVector z = f.mul(f);
            FloatVector q = c8.fma(f, c7).fma(f, c6).fma(f, c5).fma(f, c4).fma(f, c3).fma(f, c2).fma(f, c1).fma(f, c0);
            FloatVector low = minusHalf.fma(z, e.fma(ln2Low, z.mul(f).mul(q)));
            FloatVector result = e.fma(ln2High, f.add(low));
            result = result.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY));
            result = result.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0));
            nan.blend(result, x.compare(GE, 0)).intoArray(target, targetStart + i);
        }
        for (; i < length; i++) {
            target[targetStart + i] = PortableMath.log(a[aStart + i]);
        }
    }

    /** {@link PortableMath#sin} of every element into {@code sines}, {@link PortableMath#cos} into its own place. */
    public static void sinAndCos(float[] a, int aStart, float[] sines, int sinesStart, int length) {
        FloatVector twoOverPi = FloatVector.broadcast(SPECIES, PortableMath.TWO_OVER_PI);
        FloatVector round = FloatVector.broadcast(SPECIES, PortableMath.ROUND);
        FloatVector minusHigh = FloatVector.broadcast(SPECIES, -PortableMath.HALF_PI_HIGH);
        FloatVector minusMiddle = FloatVector.broadcast(SPECIES, -PortableMath.HALF_PI_MIDDLE);
        FloatVector minusLow = FloatVector.broadcast(SPECIES, -PortableMath.HALF_PI_LOW);
        FloatVector minusHalf = FloatVector.broadcast(SPECIES, -0.5f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector nan = FloatVector.broadcast(SPECIES, Float.NaN);
        FloatVector s0 = FloatVector.broadcast(SPECIES, PortableMath.SIN[0]);
        FloatVector s1 = FloatVector.broadcast(SPECIES, PortableMath.SIN[1]);
        FloatVector s2 = FloatVector.broadcast(SPECIES, PortableMath.SIN[2]);
        FloatVector c0 = FloatVector.broadcast(SPECIES, PortableMath.COS[0]);
        FloatVector c1 = FloatVector.broadcast(SPECIES, PortableMath.COS[1]);
        FloatVector c2 = FloatVector.broadcast(SPECIES, PortableMath.COS[2]);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            FloatVector shifted = x.fma(twoOverPi, round);
            FloatVector n = shifted.sub(round);
            FloatVector r = n.fma(minusLow, n.fma(minusMiddle, n.fma(minusHigh, x)));
            IntVector quadrant = shifted.reinterpretAsInts();
            FloatVector z = r.mul(r);
            FloatVector sin = r.mul(z).fma(s2.fma(z, s1).fma(z, s0), r);
            FloatVector cos = z.mul(z).fma(c2.fma(z, c1).fma(z, c0), minusHalf.fma(z, one));
            // All ones where the quadrant is odd: there sine and cosine change places.
            IntVector odd = quadrant.lanewise(LSHL, 31).lanewise(ASHR, 31);
            IntVector sinBits = sin.reinterpretAsInts();
            IntVector exchanged = sinBits.lanewise(XOR, cos.reinterpretAsInts()).and(odd);
            IntVector sign = quadrant.and(2).lanewise(LSHL, 30);
            IntVector cosSign = quadrant.add(1).and(2).lanewise(LSHL, 30);
            FloatVector ofSin = sinBits.lanewise(XOR, exchanged).lanewise(XOR, sign).reinterpretAsFloats();
            FloatVector ofCos = cos.reinterpretAsInts().lanewise(XOR, exchanged).lanewise(XOR, cosSign).reinterpretAsFloats();
            VectorMask<Float> inRange = x.abs().compare(LE, PortableMath.LARGEST_ANGLE);
            nan.blend(ofSin, inRange).intoArray(sines, sinesStart + i);
            nan.blend(ofCos, inRange).intoArray(a, aStart + i);
        }
        for (; i < length; i++) {
            float angle = a[aStart + i];
            sines[sinesStart + i] = PortableMath.sin(angle);
            a[aStart + i] = PortableMath.cos(angle);
        }
    }
}
