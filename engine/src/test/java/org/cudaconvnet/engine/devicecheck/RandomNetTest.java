package org.cudaconvnet.engine.devicecheck;

import java.util.Set;
import java.util.stream.LongStream;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

class RandomNetTest {
    static LongStream seeds() { return LongStream.rangeClosed(1, Long.getLong("seeds", 60)); }

    @ParameterizedTest
    @MethodSource("seeds")
    void same(long seed) {
        try (DeviceGroup one = DeviceGroup.open("cpu:0", 1, Set.of()); DeviceGroup two = DeviceGroup.open("cpu:0,cpu:1", 2, Set.of())) {
            CheckedNet net = RandomNet.of(seed);
            long t=System.nanoTime();
            assertThat(new DeviceCheck(net).run(one, two, 10)).isNull();
            System.err.printf("seed %d layers %d gpus %d ms %d%n", seed, net.layers().size(), net.gpus(), (System.nanoTime()-t)/1000000);
        }
    }
}
