package org.cudaconvnet.kernels.gpu.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchGeometryTest {
    @ParameterizedTest
    @CsvSource({"0,1,1,32,1,1,0", "1,65536,1,32,1,1,0", "1,1,65536,32,1,1,0", "1,1,1,1025,1,1,0", "1,1,1,32,33,1,0",
                "1,1,1,1,1,65,0", "1,1,1,0,1,1,0", "1,1,1,32,1,1,-1"})
    void refusesWhatNoGpuCanLaunchAndSaysWhat(int gridX, int gridY, int gridZ, int blockX, int blockY, int blockZ, int sharedBytes) {
        assertThatThrownBy(() -> new LaunchGeometry(gridX, gridY, gridZ, blockX, blockY, blockZ, sharedBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("grid " + gridX + "x" + gridY + "x" + gridZ)
                .hasMessageContaining("block " + blockX + "x" + blockY + "x" + blockZ);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "128,1", "129,2", "256,2", "100000,782"})
    void coversAllThreadsWithAsFewBlocksAsPossible(long threads, int blocks) {
        LaunchGeometry geometry = LaunchGeometry.covering(threads, 128);
        assertThat(geometry.blocks()).isEqualTo(blocks);
        assertThat(geometry.threadsPerBlock()).isEqualTo(128);
    }

    @Test
    void errorsOfALaunchNameDeviceKernelAndGeometry() {
        LaunchGeometry geometry = LaunchGeometry.of(4, 2, 32, 4).withSharedBytes(512);
        assertThat(GpuException.ofLaunch("cuda:1", "filterActs", geometry, "illegal address")).hasMessage(
                "cuda:1: kernel filterActs (grid 4x2x1, block 32x4x1, 512 bytes of dynamic shared memory): illegal address");
    }
}
