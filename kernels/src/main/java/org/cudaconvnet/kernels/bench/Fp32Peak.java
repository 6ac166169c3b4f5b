package org.cudaconvnet.kernels.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceFacts;
import org.cudaconvnet.kernels.cpu.FmaPeak;

/** How many binary32 operations a device could do at best: the yardstick of the benchmarks. */
public final class Fp32Peak {
    private static final Pattern ARCHITECTURE = Pattern.compile("sm_(\\d+)(\\d)");

    private Fp32Peak() {
    }

    /**
     * In 10^9 floating-point operations per second, an fma counting as two; 0 if unknown. Of a CPU device it is measured, of a GPU it is
     * multiprocessors x highest clock x lanes; an emulated device has none.
     */
    public static double gigaflops(Backend device) {
        DeviceFacts facts = device.facts();
        return switch (device.name().split(":")[0]) {
            case "cpu" -> FmaPeak.gigaflops(facts.multiprocessors());
            case "cuda" -> 2e-6 * facts.multiprocessors() * facts.clockKilohertz() * lanes(facts.architecture());
            default -> 0;
        };
    }

    /**
     * Results of binary32 fma per clock and multiprocessor (CUDA C++ Programming Guide, arithmetic instructions); 0 for an architecture that
     * is not known here.
     */
    static int lanes(String architecture) {
        Matcher version = ARCHITECTURE.matcher(architecture);
        if (!version.matches()) {
            return 0;
        }
        boolean first = version.group(2).equals("0");
        return switch (Integer.parseInt(version.group(1))) {
            case 5, 9, 10, 12 -> 128;
            case 6, 8 -> first ? 64 : 128;
            case 7 -> 64;
            default -> 0;
        };
    }
}
