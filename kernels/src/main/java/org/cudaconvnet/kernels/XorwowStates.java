package org.cudaconvnet.kernels;

/**
 * States of {@link RandomStreams#COUNT} XORWOW generators: word w of stream t is element w * COUNT + t. Words 0 to 4 are the shift
 * register v, 5 is the Weyl counter d, 6 is 1 if a normal draw is kept, 7 holds its bits.
 *
 * <p>A step: {@code t = v0 ^ (v0 >>> 2)}; v0 to v3 take v1 to v4; {@code v4 = v4 ^ (v4 << 4) ^ t ^ (t << 1)}; d += 362437; the draw is v4 + d
 * (G. Marsaglia, "Xorshift RNGs", 2003; spec: random.md section 3). Seeds are spread over the first state with the constants of cuRAND's
 * device header, as of CUDA 13. They were not the same in all releases, so these are not for certain the draws of a program built in 2012.
 */
public final class XorwowStates {
    /** Words of one stream. */
    public static final int WORDS = 8;
    public static final int WEYL = 5;
    public static final int HAS_NORMAL = 6;
    public static final int NORMAL = 7;
    /** Added to the Weyl counter at every step. */
    public static final int WEYL_STEP = 362437;

    /** 2^-32, of uniform draws. */
    public static final float UNIFORM_SCALE = 0x1p-32f;
    /** rn(2 pi) * 2^-32, of the angles of normal draws. */
    public static final float ANGLE_SCALE = 0x1.921fb6p-30f;

    private static final int STREAMS = RandomStreams.COUNT;
    private static final int SHIFT_WORDS = XorwowJump.WORDS;

    private XorwowStates() {
    }

    /** Stream t as cuRAND starts it with this seed, subsequence t and offset 0: 2^67 * t steps ahead. */
    public static int[] initial(long seed) {
        int low = 1099087573 * ((int) seed ^ 0xaad26b49);
        int high = (int) (2591861531L * ((int) (seed >>> 32) ^ 0xf7dcefdd));
        int[] v = {123456789 + low, 362436069 ^ low, 521288629 + high, 88675123 ^ high, 5783321 + low};
        int[] states = new int[WORDS * STREAMS];
        for (int stream = 0; stream < STREAMS; stream++) {
            for (int word = 0; word < SHIFT_WORDS; word++) {
                states[word * STREAMS + stream] = v[word];
            }
            // 2^67 steps add a multiple of 2^32 to the counter.
            states[WEYL * STREAMS + stream] = 6615241 + low + high;
            XorwowJump.SUBSEQUENCE.apply(v);
        }
        return states;
    }

    /** @throws IllegalArgumentException naming what no generator can hold */
    public static void requireValid(int[] states) {
        if (states.length != WORDS * STREAMS) {
            throw new IllegalArgumentException(states.length + " words of random streams: expected " + WORDS * STREAMS);
        }
        for (int stream = 0; stream < STREAMS; stream++) {
            int register = 0;
            for (int word = 0; word < SHIFT_WORDS; word++) {
                register |= states[word * STREAMS + stream];
            }
            int hasNormal = states[HAS_NORMAL * STREAMS + stream];
            if (register == 0 || (hasNormal & ~1) != 0) {
                throw new IllegalArgumentException("random stream " + stream + ": " + (register == 0 ? "its shift register is zero"
                        : "kept normal draws " + hasNormal + ", expected 0 or 1"));
            }
        }
    }
}
