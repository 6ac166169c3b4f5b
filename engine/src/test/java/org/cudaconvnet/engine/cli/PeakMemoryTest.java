package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PeakMemoryTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void growsWithWhatTheProcessTouches() {
        byte[] touched = new byte[64 << 20];
        Arrays.fill(touched, (byte) 1);

        assertThat(PeakMemory.bytes().orElseThrow()).isGreaterThan(touched.length).isLessThan(64L << 30);
        assertThat(touched).endsWith((byte) 1);
    }
}
