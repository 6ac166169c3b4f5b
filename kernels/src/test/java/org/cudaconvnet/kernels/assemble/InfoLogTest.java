package org.cudaconvnet.kernels.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InfoLogTest {
    private static final String LOG = """
            ptxas info    : 0 bytes gmem
            ptxas info    : Compiling entry function 'many' for 'sm_50'
            ptxas info    : Function properties for many
            ptxas         .     608 bytes stack frame, 612 bytes spill stores, 668 bytes spill loads
            ptxas info    : Used 32 registers, 336 bytes cmem[0]
            ptxas info    : Compiling entry function 'tile' for 'sm_50'
            ptxas info    : Function properties for tile
            ptxas         .     0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
            ptxas info    : Used 7 registers, used 1 barriers, 512 bytes smem, 340 bytes cmem[0]
            """;

    @Test
    void readsTheResourcesOfEachKernel() {
        assertThat(InfoLog.parse("m", "sm_50", LOG)).containsExactly(
                new KernelResources("m", "many", "sm_50", 32, 0, 608, 612, 668),
                new KernelResources("m", "tile", "sm_50", 7, 512, 0, 0, 0));
    }

    @Test
    void aKernelWithoutResourcesIsAnErrorInsteadOfBeingLeftOut() {
        assertThatThrownBy(() -> InfoLog.parse("m", "sm_50", LOG.substring(0, LOG.lastIndexOf("Used 7"))))
                .isInstanceOf(AssemblyException.class).hasMessageStartingWith("m for sm_50: ").hasMessageContaining("tile");
    }
}
