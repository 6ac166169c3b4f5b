package org.cudaconvnet.kernels.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The processor of this machine. */
public final class Processor {
    private static final Path INFORMATION = Path.of("/proc/cpuinfo");
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(\\S.*?)\\s*$");

    private Processor() {
    }

    /** What its vendor calls it; its instruction set where the system does not say. */
    public static String name() {
        try {
            Matcher model = MODEL.matcher(Files.readString(INFORMATION));
            return model.find() ? model.group(1) : System.getProperty("os.arch");
        } catch (IOException noSuchFile) {
            return System.getProperty("os.arch");
        }
    }
}
