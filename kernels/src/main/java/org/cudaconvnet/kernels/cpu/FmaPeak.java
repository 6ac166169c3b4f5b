package org.cudaconvnet.kernels.cpu;

/** Measures the fma rate of this machine, the yardstick of the benchmarks. */
public final class FmaPeak {
    private static final int STEPS = 2_000_000;
    private static final int REPETITIONS = 15;

    private FmaPeak() {
    }

    /** Best of several runs, all threads together, in 10^9 floating-point operations per second; 0 without vector instructions. */
    public static double gigaflops(int threads) {
        if (!VectorSupport.available()) {
            return 0;
        }
        double best = 0;
        try (CpuThreads pool = new CpuThreads(threads)) {
            float[] results = new float[threads];
            for (int i = 0; i < REPETITIONS; i++) {
                long start = System.nanoTime();
                pool.forEach(threads, 1, (from, to) -> {
                    for (int thread = from; thread < to; thread++) {
                        results[thread] = VectorFmaPeak.run(STEPS, 0.5f, 1f);
                    }
                });
                double seconds = (System.nanoTime() - start) * 1e-9;
                best = Math.max(best, (double) threads * STEPS * VectorFmaPeak.FLOPS_PER_STEP / seconds * 1e-9);
            }
        }
        return best;
    }
}
