package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Whatever the timing of the devices, passes end and have the same bits")
class ScheduleTest {
    private static final int LONGEST_NAP_NANOS = 300_000;

    /** Puts every device to sleep before some of its steps and around its copies, as a seed says. */
    private static final class Naps implements PassHooks {
        private final Map<String, Random> random;

        Naps(long seed) {
            random = Map.of("cpu:0", new Random(seed), "cpu:1", new Random(~seed));
        }

        @Override
        public void beforeStep(String device, String pass, String layer) {
            Random own = random.get(device);
            if (own.nextInt(3) == 0) {
                LockSupport.parkNanos(own.nextInt(LONGEST_NAP_NANOS));
            }
        }
    }

    private static void assertSameBits(int schedules) {
        int[] expected = bits("cpu:0", PassHooks.NONE);
        for (int seed = 0; seed < schedules; seed++) {
            assertThat(bits("cpu:0,cpu:1", new Naps(seed))).as("schedule " + seed).isEqualTo(expected);
        }
    }

    private static int[] bits(String devices, PassHooks hooks) {
        try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, devices, Transfers.PEER, hooks)) {
            tower.trainOn(0, 2);
            tower.trainOn(2, 4);
            return tower.bits().values().stream().mapToInt(Arrays::hashCode).toArray();
        }
    }

    @Test
    @Timeout(120)
    void inAFewSchedules() {
        assertSameBits(10);
    }

    @Test
    @Tag("slow")
    @Timeout(1800)
    void inAThousandSchedules() {
        assertSameBits(1000);
    }
}
