package org.cudaconvnet.kernels.gpu.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelParametersTest {
    private static final String PTX = """
            .version 6.0
            .target sm_50
            .address_size 64
            .visible .entry scale(
            	.param .u64 scale_param_0,
            	.param .u64 .ptr .global .align 4 scale_param_1,
            	.param .u32 scale_param_2,
            	.param .f32 scale_param_3
            )
            .maxntid 128, 1, 1
            {
            	ret;
            }
            .visible .entry nothing() { ret; }
            """;
    private static final DevicePointer POINTER = new DevicePointer(256);

    @Test
    void acceptsArgumentsOfTheParametersSizes() {
        KernelParameters parameters = KernelParameters.of(PTX);
        assertThatCode(() -> parameters.check("scale", POINTER, 5L, 1, 2f)).doesNotThrowAnyException();
        assertThatCode(() -> parameters.check("nothing")).doesNotThrowAnyException();
        assertThat(parameters.hasKernel("scale")).isTrue();
        assertThat(parameters.hasKernel("scal")).isFalse();
    }

    @Test
    void refusesTooFewArguments() {
        assertThatThrownBy(() -> KernelParameters.of(PTX).check("scale", POINTER, POINTER, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("kernel scale: 3 arguments, expected 4");
    }

    @Test
    void refusesAnArgumentOfAnotherSize() {
        assertThatThrownBy(() -> KernelParameters.of(PTX).check("scale", POINTER, POINTER, 7L, 2f))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("kernel scale: argument 2 is Long 7, expected 4 bytes");
    }

    @Test
    void refusesAnArgumentThatIsNoNumber() {
        assertThatThrownBy(() -> KernelParameters.of(PTX).check("scale", "a", POINTER, 7, 2f))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("argument 0 is String a");
    }

    @Test
    void refusesAKernelWhoseParameterIsAStructure() {
        assertThatThrownBy(() -> KernelParameters.of(".entry odd(.param .align 4 .b8 odd_param_0[12]) { ret; }"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("kernel odd").hasMessageContaining("odd_param_0[12]");
    }
}
