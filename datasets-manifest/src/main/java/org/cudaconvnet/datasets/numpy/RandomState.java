package org.cudaconvnet.datasets.numpy;

import java.util.Arrays;

/**
 * NumPy's legacy random generator, {@code numpy.random.RandomState}: MT19937 and the frozen legacy algorithms on top of it
 * (spec: random.md section 4). The same seed and calls give NumPy's numbers. Not safe for use by several threads at once.
 */
public final class RandomState {
    private static final int WORDS = 624;
    private static final int MIDDLE = 397;
    private static final int UPPER_BIT = 0x80000000;
    private static final long LARGEST_WORD = 0xffffffffL;

    private final int[] key = new int[WORDS];
    private int position;
    private boolean hasGaussian;
    private double cachedGaussian;

    /**
     * The whole state, in the parts of NumPy's {@code get_state()}.
     *
     * @param key      the 624 words of the Mersenne Twister
     * @param position the next word to use, 0 to 624
     */
    public record State(int[] key, int position, boolean hasGaussian, double cachedGaussian) {
        public State {
            if (key.length != WORDS || position < 0 || position > WORDS) {
                throw new IllegalArgumentException("generator state of " + key.length + " words at position " + position
                        + ", expected " + WORDS + " words and a position of 0 to " + WORDS);
            }
            key = key.clone();
        }

        @Override
        public int[] key() {
            return key.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State state && Arrays.equals(key, state.key) && position == state.position
                    && hasGaussian == state.hasGaussian
                    && Double.doubleToLongBits(cachedGaussian) == Double.doubleToLongBits(state.cachedGaussian);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(key) + position;
        }
    }

    /** @param seed 0 to 2^32 - 1 */
    public RandomState(long seed) {
        if (seed < 0 || seed > LARGEST_WORD) {
            throw new IllegalArgumentException("seed " + seed + ", expected 0 to " + LARGEST_WORD);
        }
        key[0] = (int) seed;
        for (int i = 1; i < WORDS; i++) {
            key[i] = 1812433253 * (key[i - 1] ^ key[i - 1] >>> 30) + i;
        }
        position = WORDS;
    }

    public RandomState(State state) {
        restore(state);
    }

    public State state() {
        return new State(key, position, hasGaussian, cachedGaussian);
    }

    public void restore(State state) {
        System.arraycopy(state.key, 0, key, 0, WORDS);
        position = state.position;
        hasGaussian = state.hasGaussian;
        cachedGaussian = state.cachedGaussian;
    }

    /** Uniform in [0, 1) with 53 bits. */
    public double rand() {
        int high = nextWord() >>> 5;
        int low = nextWord() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** Standard normal by the polar method; every second call returns the cached partner, whatever was drawn in between. */
    public double randn() {
        if (hasGaussian) {
            hasGaussian = false;
            return cachedGaussian;
        }
        double x1;
        double x2;
        double squaredRadius;
        do {
            x1 = 2.0 * rand() - 1.0;
            x2 = 2.0 * rand() - 1.0;
            squaredRadius = x1 * x1 + x2 * x2;
        } while (squaredRadius >= 1.0 || squaredRadius == 0.0);
        // StrictMath: the same bits on every machine; the platform's logarithm may differ in the last place.
        double factor = Math.sqrt(-2.0 * StrictMath.log(squaredRadius) / squaredRadius);
        hasGaussian = true;
        cachedGaussian = factor * x1;
        return factor * x2;
    }

    /** Uniform integer in [0, high). */
    public int randint(int high) {
        return randint(0, high);
    }

    /** Uniform integer in [low, high). */
    public int randint(int low, int high) {
        if (low >= high) {
            throw new IllegalArgumentException("integers from " + low + " below " + high + ": an empty range");
        }
        return (int) (low + interval((long) high - 1 - low));
    }

    /** Uniform integer in [low, high], both included. */
    public int randomIntegers(int low, int high) {
        if (low > high) {
            throw new IllegalArgumentException("integers from " + low + " to " + high + ": an empty range");
        }
        return (int) (low + interval((long) high - low));
    }

    /** The integers 0 to n - 1 in random order. */
    public int[] permutation(int n) {
        int[] values = new int[n];
        Arrays.setAll(values, i -> i);
        shuffle(values);
        return values;
    }

    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = (int) interval(i);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /** Uniform in [0, max] by rejection under the smallest covering bit mask; max = 0 draws nothing. */
    private long interval(long max) {
        if (max == 0) {
            return 0;
        }
        long mask = -1L >>> Long.numberOfLeadingZeros(max);
        long value;
        do {
            value = Integer.toUnsignedLong(nextWord()) & mask;
        } while (value > max);
        return value;
    }

    private int nextWord() {
        if (position == WORDS) {
            twist();
            position = 0;
        }
        int word = key[position++];
        word ^= word >>> 11;
        word ^= word << 7 & 0x9d2c5680;
        word ^= word << 15 & 0xefc60000;
        return word ^ word >>> 18;
    }

    private void twist() {
        for (int i = 0; i < WORDS; i++) {
            int joined = key[i] & UPPER_BIT | key[(i + 1) % WORDS] & ~UPPER_BIT;
            key[i] = key[(i + MIDDLE) % WORDS] ^ joined >>> 1 ^ ((joined & 1) != 0 ? 0x9908b0df : 0);
        }
    }
}
