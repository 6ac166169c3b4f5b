package org.cudaconvnet.kernels.gpu.driver.jcuda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.driver.CUresult;

/** Says in one line why there is no CUDA on this machine. */
final class CudaProblem {
    /** The kernels' PTX is of version 6.0, which this is the first to read; as the driver counts. */
    private static final int OLDEST_CUDA = 9000;
    /** What JCuda says when it brings no library for a system. */
    private static final String NOT_BUILT = "No resource found with name";
    /** The linker's reason, in JCuda's message behind the name of the unpacked library. */
    private static final Pattern REASON = Pattern.compile("UnsatisfiedLinkError: \\S+\\.(?:so|dll|dylib): (.+)");

    private CudaProblem() {
    }

    /**
     * JCuda's library could not be loaded.
     *
     * @param message      of the error, many lines
     * @param kernelModule version of NVIDIA's kernel module, or unknown
     */
    static String ofLoading(String message, String kernelModule) {
        if (message.contains("libcuda.so")) {
            boolean moduleLoaded = !kernelModule.equals(NvidiaDriver.UNKNOWN);
            return "no CUDA driver found" + reason(message) + (moduleLoaded ? "; NVIDIA's kernel module " + kernelModule
                    + " is loaded, so this may be a container that was not given its host's driver" : "");
        }
        if (message.contains(NOT_BUILT)) {
            return "no CUDA on " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
        return "JCuda's native library cannot be loaded" + reason(message);
    }

    /** In parentheses; the first line of a message without one. */
    private static String reason(String message) {
        Matcher reason = REASON.matcher(message);
        return " (" + (reason.find() ? reason.group(1) : message.lines().findFirst().orElse("no reason given")) + ")";
    }

    /** The driver's library is there and its start failed. */
    static String ofStarting(int result, String kernelModule) {
        if (result == CUresult.CUDA_ERROR_NO_DEVICE) {
            return "no CUDA device found";
        }
        String name = switch (result) {
            case CUresult.CUDA_ERROR_STUB_LIBRARY -> "libcuda.so.1 is the toolkit's stub for linking, not a driver";
            case CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH -> "libcuda.so.1 and NVIDIA's kernel module are of different versions";
            case CUresult.CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE -> "libcuda.so.1 is a compatibility package, which this GPU does not allow";
            default -> CUresult.stringFor(result);
        };
        return "the CUDA driver does not start: " + name + " (NVIDIA's kernel module: " + kernelModule + ")";
    }

    /**
     * The driver has started.
     *
     * @param version as the driver counts it
     * @return null if it is new enough
     */
    static String ofVersion(int version) {
        return version >= OLDEST_CUDA ? null
                : "the CUDA driver is too old: it brings CUDA " + versionName(version) + ", expected " + versionName(OLDEST_CUDA) + " or later";
    }

    /** Such as {@code 12.4}. */
    static String versionName(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }
}
