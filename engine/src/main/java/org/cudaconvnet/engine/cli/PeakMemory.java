package org.cudaconvnet.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The largest resident size that this process has had; Java's own figures leave out what lies beside the heap. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern HIGH_WATER_MARK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private PeakMemory() {
    }

    /** Empty where the system does not say. */
    static OptionalLong bytes() {
        try {
            Matcher line = HIGH_WATER_MARK.matcher(Files.readString(STATUS));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException noProcFileSystem) {
            return OptionalLong.empty();
        }
    }
}
