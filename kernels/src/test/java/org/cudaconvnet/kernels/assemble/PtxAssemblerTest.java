package org.cudaconvnet.kernels.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PtxAssemblerTest {
    static final List<String> ARCHITECTURES = PtxAssembler.ARCHITECTURES;

    private static final String PTX = """
            .version 6.0
            .target sm_50
            .address_size 64
            .visible .entry scale(.param .u64 scale_param_0, .param .f32 scale_param_1)
            {
                .reg .b64 %rd<3>;
                .reg .f32 %f<4>;
                .shared .align 4 .b8 tile[512];
                ld.param.u64 %rd1, [scale_param_0];
                ld.param.f32 %f1, [scale_param_1];
                cvta.to.global.u64 %rd2, %rd1;
                ld.global.f32 %f2, [%rd2];
                st.shared.f32 [tile], %f2;
                bar.sync 0;
                ld.shared.f32 %f3, [tile];
                mul.rn.f32 %f3, %f3, %f1;
                st.global.f32 [%rd2], %f3;
                ret;
            }
            """;

    @ParameterizedTest
    @FieldSource("ARCHITECTURES")
    void compilesForEveryArchitectureWithoutGpuDriverOrToolkit(String architecture) {
        AssembledModule module = PtxAssembler.assemble("scale", PTX, architecture);
        assertThat(module.cubin()).startsWith(0x7f, 'E', 'L', 'F');
        assertThat(module.kernels()).singleElement().satisfies(kernel -> {
            assertThat(kernel.module()).isEqualTo("scale");
            assertThat(kernel.kernel()).isEqualTo("scale");
            assertThat(kernel.architecture()).isEqualTo(architecture);
            assertThat(kernel.registers()).isBetween(1, 32);
            assertThat(kernel.sharedBytes()).isEqualTo(512);
            assertThat(kernel.spills()).isFalse();
        });
    }

    @Test
    void anErrorNamesModuleArchitectureAndLine() {
        String wrong = PTX.replace("mul.rn.f32", "mull.rn.f32");
        assertThatThrownBy(() -> PtxAssembler.assemble("scale", wrong, "sm_86")).isInstanceOf(AssemblyException.class)
                .hasMessageStartingWith("scale for sm_86: ").hasMessageContaining("line 16");
    }

    @Test
    void anUnknownArchitectureIsAnError() {
        assertThatThrownBy(() -> PtxAssembler.assemble("scale", PTX, "sm_20")).isInstanceOf(AssemblyException.class)
                .hasMessageContaining("sm_20");
    }
}
