package org.cudaconvnet.kernels.cpu;

/** The inner loops of {@link CpuRandomStreams} over neighbouring streams; every implementation gives the same bits. */
interface XorwowLoops {
    /**
     * Steps {@code length} streams from {@code stream} on, once each: with the word x that a stream gives,
     * target = fma(x, scale, scale / 2).
     */
    void draw(int[] states, int stream, int length, float scale, float[] target, int targetStart);

    /** Uniform draws u and angles v become sqrt(-2 log(u)) times sin(v) and cos(v), each at its place. */
    void boxMuller(float[] uniforms, int uniformsStart, float[] angles, int anglesStart, int length);

    /** The fastest implementation that this JVM can run. */
    static XorwowLoops preferred() {
        return VectorSupport.available() ? new VectorXorwowLoops() : new ScalarXorwowLoops();
    }
}
