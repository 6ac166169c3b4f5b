package org.cudaconvnet.kernels.gpu.driver.jcuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of NVIDIA's kernel module, which the CUDA driver API does not tell; Linux shows it in files. */
final class NvidiaDriver {
    static final String UNKNOWN = "unknown";
    /** Holds nothing else. */
    private static final Path MODULE = Path.of("/sys/module/nvidia/version");
    /** A line such as "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024"; also in containers. */
    private static final Path STATUS = Path.of("/proc/driver/nvidia/version");
    private static final Pattern VERSION = Pattern.compile("(?<!\\S)\\d+(\\.\\d+)+(?!\\S)");

    private NvidiaDriver() {
    }

    /** Such as {@code 550.54.15}; {@code unknown} where the system does not say. */
    static String version() {
        return version(MODULE, STATUS);
    }

    /** The first version in the first of the files that has one. */
    static String version(Path... files) {
        for (Path file : files) {
            try {
                Matcher version = VERSION.matcher(Files.readString(file));
                if (version.find()) {
                    return version.group();
                }
            } catch (IOException notThisKindOfSystem) {
                // The next file may be there.
            }
        }
        return UNKNOWN;
    }
}
