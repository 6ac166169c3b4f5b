package org.cudaconvnet.engine;

/** The mixing function of SplitMix64 (Steele, Lea and Flood 2014): neighbouring numbers become unrelated ones, different ones stay different. */
public final class SplitMix64 {
    /** 2^64 divided by the golden ratio, rounded to odd; the step between the numbers of a sequence. */
    public static final long GAMMA = 0x9e3779b97f4a7c15L;

    private SplitMix64() {
    }

    public static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
