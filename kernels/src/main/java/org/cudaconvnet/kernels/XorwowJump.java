package org.cudaconvnet.kernels;

/**
 * Many steps of XORWOW's shift register at once. A step is linear over the field of two elements, so 2^k steps are its 160 x 160 matrix
 * squared k times.
 */
final class XorwowJump {
    /** Words of the shift register. */
    static final int WORDS = 5;
    /** The 2^67 steps between two streams. */
    static final XorwowJump SUBSEQUENCE = ofPowerOf2(67);

    private static final int BITS = WORDS * Integer.SIZE;

    /** What becomes of each single bit. */
    private final int[][] images;

    private XorwowJump(int[][] images) {
        this.images = images;
    }

    /** 2^{@code exponent} steps. */
    static XorwowJump ofPowerOf2(int exponent) {
        int[][] images = new int[BITS][WORDS];
        for (int bit = 0; bit < BITS; bit++) {
            images[bit][bit / Integer.SIZE] = 1 << bit % Integer.SIZE;
            step(images[bit]);
        }
        XorwowJump jump = new XorwowJump(images);
        for (int i = 0; i < exponent; i++) {
            jump = jump.squared();
        }
        return jump;
    }

    /** One step of the register alone. */
    static void step(int[] v) {
        int t = v[0] ^ v[0] >>> 2;
        System.arraycopy(v, 1, v, 0, WORDS - 1);
        v[4] = v[4] ^ v[4] << 4 ^ t ^ t << 1;
    }

    private XorwowJump squared() {
        int[][] twice = new int[BITS][];
        for (int bit = 0; bit < BITS; bit++) {
            twice[bit] = images[bit].clone();
            apply(twice[bit]);
        }
        return new XorwowJump(twice);
    }

    /** Moves the register ahead. */
    void apply(int[] v) {
        int[] sum = new int[WORDS];
        for (int word = 0; word < WORDS; word++) {
            for (int bits = v[word]; bits != 0; bits &= bits - 1) {
                int[] image = images[word * Integer.SIZE + Integer.numberOfTrailingZeros(bits)];
                for (int i = 0; i < WORDS; i++) {
                    sum[i] ^= image[i];
                }
            }
        }
        System.arraycopy(sum, 0, v, 0, WORDS);
    }
}
