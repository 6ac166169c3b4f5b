package org.cudaconvnet.golden.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Faults of a kernel's text")
class KernelTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "add.s32 %r1, %r2, 7;                       | add.s32 %r1, %r2, 8;",
        "setp.gt.s32 %p1, %r2, -1;                  | setp.gt.s32 %p1, %r2, 0;",
        "mov.f32 %f1, 0f00000000;                   | mov.f32 %f1, 0f3F800000;",
        "mov.pred %p2, 0;                           | mov.pred %p2, -1;",
        "and.b32 %r1, %r2, 124;                     | and.b32 %r1, %r2, 120;",
        "mul.hi.s32 %r1, %r2, 715827883;            | mul.hi.s32 %r1, %r2, 357913941;",
        "ld.shared.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1+-16]; | ld.shared.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1+0];",
        "st.global.f32 [%rd1+8], %f1;               | st.global.f32 [%rd1+12], %f1;",
        "bar.sync 0;                                | ''",
        "fma.rn.f32 %f1, %f2, %f3, %f4;             | mov.f32 %f1, %f4;"})
    void changeOneInstruction(String instruction, String mutated) {
        List<KernelMutation> mutations = kernel("\t" + instruction).mutations();
        assertThat(mutations).extracting(KernelMutation::description)
                .containsExactly(instruction + " -> " + (mutated.isEmpty() ? "nothing" : mutated));
        assertThat(mutations.get(0).ptx()).isEqualTo("head\n\t" + mutated + "\n\tret;\n}\n");
    }

    @Test
    void areAsManyAsItsConstantsAndLeaveNamesAndGuardsAlone() {
        assertThat(kernel("\t@%p3 bra $L__BB0_2;\n$L__BB0_2:\n\t@!%p4 selp.b32 \t%r1, 1, 2, %p5;\n\tld.param.u32 %r1, [name_param_15];").mutations())
                .extracting(KernelMutation::ptx).containsExactly(
                        "head\n\t@%p3 bra $L__BB0_2;\n$L__BB0_2:\n\t@!%p4 selp.b32 %r1, 2, 2, %p5;\n\tld.param.u32 %r1, [name_param_15];\n\tret;\n}\n",
                        "head\n\t@%p3 bra $L__BB0_2;\n$L__BB0_2:\n\t@!%p4 selp.b32 %r1, 1, 3, %p5;\n\tld.param.u32 %r1, [name_param_15];\n\tret;\n}\n");
    }

    @Test
    void areFoundInEveryConvolutionKernel() {
        assertThat(KernelText.convolutions()).hasSize(24).allSatisfy(kernel -> {
            assertThat(kernel.ptx()).contains(".visible .entry " + kernel.name() + "(").containsOnlyOnce(".entry").startsWith("//").endsWith("}\n");
            assertThat(kernel.mutations()).extracting(KernelMutation::kind).contains(KernelMutation.Kind.values());
        });
    }

    private static KernelText kernel(String instructions) {
        return new KernelText("module", "kernel", "head\n", instructions + "\n\tret;\n}\n");
    }
}
