package org.cudaconvnet.kernels;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PortableMath#pow} over arrays, step by step in vector lanes: the same bits. To be loaded only where
 * {@code jdk.incubator.vector} is present.
 *
 * <p>A power is several loops, because the JIT compiler stops inlining in long methods and boxes their vectors: the logarithm, for ordinary
 * numbers in two parts, and the exponential. They exist twice: for any numbers, and without masks, which cost Java 17 several times the
 * arithmetic, for blocks of positive normal numbers whose powers are far from the ends of the range, as in every normalisation layer.
 */
public final class VectorPow {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Elements whose logarithms are kept between the loops. */
    private static final int BLOCK = 512;
    private static final ThreadLocal<float[]> LOG2 = ThreadLocal.withInitial(() -> new float[3 * BLOCK]);

    private VectorPow() {
    }

    /** {@link PortableMath#pow} of every element with one exponent. The target may be the source at the same place. */
    public static void pow(float[] a, int aStart, float y, float[] target, int targetStart, int length) {
        float[] log2 = LOG2.get();
        int whole = length - length % LANES;
        for (int from = 0; from < whole; from += BLOCK) {
            int n = Math.min(BLOCK, whole - from);
            if (arePowersOrdinary(a, aStart + from, y, n)) {
                ratioOfNormals(a, aStart + from, log2, n);
                log2OfRatio(log2, n);
                exp2WithinRange(y, log2, target, targetStart + from, n);
            } else {
                log2(a, aStart + from, log2, n);
                exp2(a, aStart + from, y, log2, target, targetStart + from, n);
            }
        }
        for (int i = whole; i < length; i++) {
            target[targetStart + i] = PortableMath.pow(a[aStart + i], y);
        }
    }

    /** Whether all elements are positive normal numbers and |y log2 x| is below {@link PortableMath#EXP2_BOUND}. */
    private static boolean arePowersOrdinary(float[] a, int aStart, float y, int length) {
        // The bits of positive numbers are ordered as the numbers; those of negative ones are negative, of infinity and NaN the largest.
        IntVector smallest = FloatVector.fromArray(SPECIES, a, aStart).reinterpretAsInts();
        IntVector largest = smallest;
        for (int i = LANES; i < length; i += LANES) {
            IntVector bits = FloatVector.fromArray(SPECIES, a, aStart + i).reinterpretAsInts();
            smallest = smallest.lanewise(MIN, bits);
            largest = largest.lanewise(MAX, bits);
        }
        float low = Float.intBitsToFloat(smallest.reduceLanes(MIN));
        float high = Float.intBitsToFloat(largest.reduceLanes(MAX));
        int octaves = Math.max(-Math.getExponent(low), Math.getExponent(high) + 1);
        return low >= PortableMath.SMALLEST_NORMAL && high <= Float.MAX_VALUE && Math.abs(y) * octaves < PortableMath.EXP2_BOUND;
    }

    /** log2 of whole vectors, its low parts {@link #BLOCK} places later. */
    private static void log2(float[] a, int aStart, float[] target, int length) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector round = FloatVector.broadcast(SPECIES, PortableMath.ROUND);
        FloatVector thirdHigh = FloatVector.broadcast(SPECIES, PortableMath.THIRD_HIGH);
        FloatVector high = FloatVector.broadcast(SPECIES, PortableMath.TWO_LOG2_E_HIGH);
        FloatVector low = FloatVector.broadcast(SPECIES, PortableMath.TWO_LOG2_E_LOW);
        FloatVector l0 = FloatVector.broadcast(SPECIES, PortableMath.ATANH[0]);
        FloatVector l1 = FloatVector.broadcast(SPECIES, PortableMath.ATANH[1]);
        FloatVector l2 = FloatVector.broadcast(SPECIES, PortableMath.ATANH[2]);
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            VectorMask<Float> subnormal = x.compare(LT, PortableMath.SMALLEST_NORMAL);
            IntVector bits = x.blend(x.mul(PortableMath.SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
            IntVector octave = bits.sub(PortableMath.SQRT_HALF_BITS).lanewise(ASHR, 23);
            FloatVector e = octave.add(PortableMath.ROUND_BITS).reinterpretAsFloats().sub(round.blend(PortableMath.ROUND + 23, subnormal));
            FloatVector m = bits.sub(octave.lanewise(LSHL, 23)).reinterpretAsFloats();
            FloatVector f = m.sub(one);
            FloatVector d = m.add(one);
            FloatVector dLow = m.sub(d.sub(one));
            FloatVector s = f.div(d);
            FloatVector minusS = s.neg();
            FloatVector sLow = minusS.fma(dLow, minusS.fma(d, f)).div(d);
            FloatVector z = s.mul(s);
            FloatVector zLow = s.add(s).fma(sLow, s.fma(s, z.neg()));
            FloatVector q = z.mul(l2.fma(z, l1).fma(z, l0));
            FloatVector t = thirdHigh.add(q);
            FloatVector tLow = q.sub(t.sub(thirdHigh)).add(PortableMath.THIRD_LOW);
            FloatVector c = z.mul(t);
            FloatVector cLow = z.fma(t, c.neg()).add(z.fma(tLow, zLow.mul(t)));
            FloatVector tail = s.mul(c);
            FloatVector tailLow = s.fma(c, tail.neg()).add(s.fma(cLow, sLow.mul(c)));
            FloatVector h = s.add(tail);
            FloatVector hLow = tail.sub(h.sub(s)).add(sLow.add(tailLow));
            FloatVector b = h.mul(high);
            FloatVector bLow = h.fma(high, b.neg()).add(h.fma(low, hLow.mul(high)));
            FloatVector log2 = e.add(b);
            FloatVector log2Low = b.sub(log2.sub(e)).add(bLow);
            log2 = log2.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY));
            log2 = log2.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0));
            log2.intoArray(target, i);
            log2Low.intoArray(target, BLOCK + i);
        }
    }

    /**
     * x = 2^e m with m near 1, for positive normal numbers: e, then at a distance of {@link #BLOCK} s = (m - 1) / (m + 1) and its low part.
     */
    private static void ratioOfNormals(float[] a, int aStart, float[] target, int length) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector round = FloatVector.broadcast(SPECIES, PortableMath.ROUND);
        for (int i = 0; i < length; i += LANES) {
            IntVector bits = FloatVector.fromArray(SPECIES, a, aStart + i).reinterpretAsInts();
            IntVector octave = bits.sub(PortableMath.SQRT_HALF_BITS).lanewise(ASHR, 23);
            octave.add(PortableMath.ROUND_BITS).reinterpretAsFloats().sub(round).intoArray(target, i);
            FloatVector m = bits.sub(octave.lanewise(LSHL, 23)).reinterpretAsFloats();
            FloatVector f = m.sub(one);
            FloatVector d = m.add(one);
            FloatVector dLow = m.sub(d.sub(one));
            FloatVector s = f.div(d);
            FloatVector minusS = s.neg();
            s.intoArray(target, BLOCK + i);
            minusS.fma(dLow, minusS.fma(d, f)).div(d).intoArray(target, 2 * BLOCK + i);
        }
    }

    /** As {@link #log2} from the results of {@link #ratioOfNormals}, in their place. */
    private static void log2OfRatio(float[] target, int length) {
        FloatVector thirdHigh = FloatVector.broadcast(SPECIES, PortableMath.THIRD_HIGH);
        FloatVector high = FloatVector.broadcast(SPECIES, PortableMath.TWO_LOG2_E_HIGH);
        FloatVector low = FloatVector.broadcast(SPECIES, PortableMath.TWO_LOG2_E_LOW);
        FloatVector l0 = FloatVector.broadcast(SPECIES, PortableMath.ATANH[0]);
        FloatVector l1 = FloatVector.broadcast(SPECIES, PortableMath.ATANH[1]);
        FloatVector l2 = FloatVector.broadcast(SPECIES, PortableMath.ATANH[2]);
        for (int i = 0; i < length; i += LANES) {
            FloatVector e = FloatVector.fromArray(SPECIES, target, i);
            FloatVector s = FloatVector.fromArray(SPECIES, target, BLOCK + i);
            FloatVector sLow = FloatVector.fromArray(SPECIES, target, 2 * BLOCK + i);
            FloatVector z = s.mul(s);
            FloatVector zLow = s.add(s).fma(sLow, s.fma(s, z.neg()));
            FloatVector q = z.mul(l2.fma(z, l1).fma(z, l0));
            FloatVector t = thirdHigh.add(q);
            FloatVector tLow = q.sub(t.sub(thirdHigh)).add(PortableMath.THIRD_LOW);
            FloatVector c = z.mul(t);
            FloatVector cLow = z.fma(t, c.neg()).add(z.fma(tLow, zLow.mul(t)));
            FloatVector tail = s.mul(c);
            FloatVector tailLow = s.fma(c, tail.neg()).add(s.fma(cLow, sLow.mul(c)));
            FloatVector h = s.add(tail);
            FloatVector hLow = tail.sub(h.sub(s)).add(sLow.add(tailLow));
            FloatVector b = h.mul(high);
            FloatVector bLow = h.fma(high, b.neg()).add(h.fma(low, hLow.mul(high)));
            FloatVector log2 = e.add(b);
            FloatVector log2Low = b.sub(log2.sub(e)).add(bLow);
            log2.intoArray(target, i);
            log2Low.intoArray(target, BLOCK + i);
        }
    }

    /** 2 to the power of y * log2. */
    private static void exp2(float[] a, int aStart, float y, float[] log2s, float[] target, int targetStart, int length) {
        FloatVector ys = FloatVector.broadcast(SPECIES, y);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector round = FloatVector.broadcast(SPECIES, PortableMath.ROUND);
        FloatVector nan = FloatVector.broadcast(SPECIES, Float.NaN);
        FloatVector c0 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[0]);
        FloatVector c1 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[1]);
        FloatVector c2 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[2]);
        FloatVector c3 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[3]);
        FloatVector c4 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[4]);
        FloatVector c5 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[5]);
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aStart + i);
            FloatVector log2 = FloatVector.fromArray(SPECIES, log2s, i);
            FloatVector log2Low = FloatVector.fromArray(SPECIES, log2s, BLOCK + i);
            FloatVector exponent = ys.mul(log2);
            FloatVector exponentLow = ys.fma(log2Low, ys.fma(log2, exponent.neg()));
            FloatVector bounded = exponent.blend(PortableMath.EXP2_BOUND, exponent.compare(GT, PortableMath.EXP2_BOUND));
            bounded = bounded.blend(-PortableMath.EXP2_BOUND, bounded.compare(LT, -PortableMath.EXP2_BOUND));
            exponentLow = zero.blend(exponentLow, bounded.compare(EQ, exponent));
            FloatVector shifted = bounded.add(round);
            FloatVector r = bounded.sub(shifted.sub(round)).add(exponentLow);
            FloatVector p = c5.fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, c0).fma(r, one);
            IntVector power = shifted.reinterpretAsInts().sub(PortableMath.ROUND_BITS);
            IntVector half = power.lanewise(ASHR, 1);
            FloatVector first = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector second = power.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector result = nan.blend(p.mul(first).mul(second), x.compare(GE, 0));
            result.blend(Float.NaN, exponent.compare(NE, exponent)).intoArray(target, targetStart + i);
        }
    }

    /** As {@link #exp2} for numbers of which none is NaN or needs to be bounded. */
    private static void exp2WithinRange(float y, float[] log2s, float[] target, int targetStart, int length) {
        FloatVector ys = FloatVector.broadcast(SPECIES, y);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector round = FloatVector.broadcast(SPECIES, PortableMath.ROUND);
        FloatVector c0 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[0]);
        FloatVector c1 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[1]);
        FloatVector c2 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[2]);
        FloatVector c3 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[3]);
        FloatVector c4 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[4]);
        FloatVector c5 = FloatVector.broadcast(SPECIES, PortableMath.EXP2[5]);
        for (int i = 0; i < length; i += LANES) {
            FloatVector log2 = FloatVector.fromArray(SPECIES, log2s, i);
            FloatVector log2Low = FloatVector.fromArray(SPECIES, log2s, BLOCK + i);
            FloatVector exponent = ys.mul(log2);
            FloatVector exponentLow = ys.fma(log2Low, ys.fma(log2, exponent.neg()));
            FloatVector shifted = exponent.add(round);
            FloatVector r = exponent.sub(shifted.sub(round)).add(exponentLow);
            FloatVector p = c5.fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, c0).fma(r, one);
            IntVector power = shifted.reinterpretAsInts().sub(PortableMath.ROUND_BITS);
            IntVector half = power.lanewise(ASHR, 1);
            FloatVector first = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector second = power.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            p.mul(first).mul(second).intoArray(target, targetStart + i);
        }
    }
}
