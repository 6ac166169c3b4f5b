package org.cudaconvnet.kernels;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PortableMath} step by step in vector lanes: the same bits. To be loaded only where {@code jdk.incubator.vector} is present.
 *
 * <p>The methods on vectors stay below the size that the JIT compiler inlines; a call that is not inlined would box its vectors.
 */
public final class VectorPortableMath {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private VectorPortableMath() {
    }

    /** {@link PortableMath#exp} of every lane. */
    public static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.blend(PortableMath.EXP_LARGEST, x.compare(GT, PortableMath.EXP_LARGEST));
        bounded = bounded.blend(PortableMath.EXP_SMALLEST, bounded.compare(LT, PortableMath.EXP_SMALLEST));
        FloatVector shifted = bounded.fma(all(PortableMath.LOG2_E), all(PortableMath.ROUND));
        FloatVector n = shifted.sub(PortableMath.ROUND);
        FloatVector r = n.fma(all(-PortableMath.LN2_LOW), n.fma(all(-PortableMath.LN2_HIGH), bounded));
        FloatVector p = r.mul(r).fma(expTail(r), r).add(1);
        return timesPowerOf2(p, shifted).blend(Float.NaN, x.compare(NE, x));
    }

    private static FloatVector expTail(FloatVector r) {
        FloatVector q = all(PortableMath.EXP[4]).fma(r, all(PortableMath.EXP[3]));
        q = q.fma(r, all(PortableMath.EXP[2]));
        q = q.fma(r, all(PortableMath.EXP[1]));
        return q.fma(r, all(PortableMath.EXP[0]));
    }

    /** {@link PortableMath#log} of every lane. */
    public static FloatVector log(FloatVector x) {
        IntVector bits = scaledBits(x);
        IntVector octave = octave(bits);
        FloatVector e = exponent(octave, x);
        FloatVector f = mantissa(bits, octave).sub(1);
        FloatVector z = f.mul(f);
        FloatVector low = e.fma(all(PortableMath.LN2_LOW), f.mul(z).mul(logTail(f)));
        low = all(-0.5f).fma(z, low);
        FloatVector result = e.fma(all(PortableMath.LN2_HIGH), f.add(low));
        result = result.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY));
        result = result.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0));
        return all(Float.NaN).blend(result, x.compare(GE, 0));
    }

    private static FloatVector logTail(FloatVector f) {
        FloatVector q = all(PortableMath.LOG[8]).fma(f, all(PortableMath.LOG[7]));
        q = q.fma(f, all(PortableMath.LOG[6]));
        q = q.fma(f, all(PortableMath.LOG[5]));
        q = q.fma(f, all(PortableMath.LOG[4]));
        q = q.fma(f, all(PortableMath.LOG[3]));
        q = q.fma(f, all(PortableMath.LOG[2]));
        q = q.fma(f, all(PortableMath.LOG[1]));
        return q.fma(f, all(PortableMath.LOG[0]));
    }

    /** {@link PortableMath#pow} of every element with one exponent; {@code target} may be {@code a} at the same place. */
    public static void pow(float[] a, int aStart, float y, float[] target, int targetStart, int length) {
        int i = 0;
        for (; i <= length - SPECIES.length(); i += SPECIES.length()) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            IntVector bits = scaledBits(x);
            IntVector octave = octave(bits);
            FloatVector e = exponent(octave, x);
            FloatVector m = mantissa(bits, octave);
            FloatVector f = m.sub(1);
            FloatVector d = m.add(1);
            FloatVector dLow = m.sub(d.sub(1));
            FloatVector s = f.div(d);
            FloatVector minusS = s.neg();
            FloatVector sLow = minusS.fma(dLow, minusS.fma(d, f)).div(d);
            FloatVector z = s.mul(s);
            FloatVector zLow = s.add(s).fma(sLow, s.fma(s, z.neg()));
            FloatVector q = z.mul(all(PortableMath.ATANH[2]).fma(z, all(PortableMath.ATANH[1])).fma(z, all(PortableMath.ATANH[0])));
            FloatVector t = q.add(PortableMath.THIRD_HIGH);
            FloatVector tLow = q.sub(t.sub(PortableMath.THIRD_HIGH)).add(PortableMath.THIRD_LOW);
            FloatVector c = z.mul(t);
            FloatVector cLow = z.fma(t, c.neg()).add(z.fma(tLow, zLow.mul(t)));
            FloatVector tail = s.mul(c);
            FloatVector tailLow = s.fma(c, tail.neg()).add(s.fma(cLow, sLow.mul(c)));
            FloatVector h = s.add(tail);
            FloatVector hLow = tail.sub(h.sub(s)).add(sLow.add(tailLow));
            FloatVector high = all(PortableMath.TWO_LOG2_E_HIGH);
            FloatVector b = h.mul(high);
            FloatVector bLow = h.fma(high, b.neg()).add(h.fma(all(PortableMath.TWO_LOG2_E_LOW), hLow.mul(high)));
            FloatVector log2 = e.add(b);
            FloatVector log2Low = b.sub(log2.sub(e)).add(bLow);
            log2 = log2.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY));
            log2 = log2.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0));
            FloatVector exponent = log2.mul(y);
            FloatVector exponentLow = log2Low.fma(all(y), log2.fma(all(y), exponent.neg()));
            FloatVector bounded = exponent.blend(PortableMath.EXP2_BOUND, exponent.compare(GT, PortableMath.EXP2_BOUND));
            bounded = bounded.blend(-PortableMath.EXP2_BOUND, bounded.compare(LT, -PortableMath.EXP2_BOUND));
            exponentLow = all(0).blend(exponentLow, bounded.compare(EQ, exponent));
            FloatVector shifted = bounded.add(PortableMath.ROUND);
            FloatVector r = bounded.sub(shifted.sub(PortableMath.ROUND)).add(exponentLow);
            FloatVector result = all(Float.NaN).blend(timesPowerOf2(exp2(r), shifted), x.compare(GE, 0));
            result.blend(Float.NaN, exponent.compare(NE, exponent)).intoArray(target, targetStart + i);
        }
        for (; i < length; i++) {
            target[targetStart + i] = PortableMath.pow(a[aStart + i], y);
        }
    }

    private static FloatVector exp2(FloatVector r) {
        FloatVector p = all(PortableMath.EXP2[5]).fma(r, all(PortableMath.EXP2[4]));
        p = p.fma(r, all(PortableMath.EXP2[3]));
        p = p.fma(r, all(PortableMath.EXP2[2]));
        p = p.fma(r, all(PortableMath.EXP2[1]));
        p = p.fma(r, all(PortableMath.EXP2[0]));
        return p.fma(r, all(1));
    }

    private static IntVector scaledBits(FloatVector x) {
        return x.blend(x.mul(PortableMath.SUBNORMAL_SCALE), x.compare(LT, PortableMath.SMALLEST_NORMAL)).reinterpretAsInts();
    }

    private static IntVector octave(IntVector bits) {
        return bits.sub(PortableMath.SQRT_HALF_BITS).lanewise(ASHR, 23);
    }

    private static FloatVector exponent(IntVector octave, FloatVector x) {
        VectorMask<Float> subnormal = x.compare(LT, PortableMath.SMALLEST_NORMAL);
        return octave.add(PortableMath.ROUND_BITS).reinterpretAsFloats()
                .sub(all(PortableMath.ROUND).blend(PortableMath.ROUND + 23, subnormal));
    }

    private static FloatVector mantissa(IntVector bits, IntVector octave) {
        return bits.sub(octave.lanewise(LSHL, 23)).reinterpretAsFloats();
    }

    private static FloatVector timesPowerOf2(FloatVector p, FloatVector shifted) {
        IntVector n = shifted.reinterpretAsInts().sub(PortableMath.ROUND_BITS);
        IntVector half = n.lanewise(ASHR, 1);
        FloatVector first = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector second = n.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        return p.mul(first).mul(second);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
