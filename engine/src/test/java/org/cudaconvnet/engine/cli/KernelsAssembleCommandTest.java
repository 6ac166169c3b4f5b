package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cudaconvnet.kernels.assemble.PtxAssembler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelsAssembleCommandTest {
    private static final String HEAD = ".version 6.0\n.target sm_50\n.address_size 64\n";

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();

    private int assemble(String ptx, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("m.ptx"), ptx);
        List<String> arguments = new ArrayList<>(List.of("kernels", "assemble", file.toString()));
        arguments.addAll(List.of(options));
        return Convnet.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
    }

    /** Swaps {@code values} numbers end for end, all of which have to be kept at once. */
    private static String swapping(int values, String directives) {
        String loads = IntStream.range(0, values).mapToObj(i -> "ld.volatile.global.f32 %f" + i + ", [%rd0+" + 4 * i + "];\n")
                .collect(Collectors.joining());
        String stores = IntStream.range(0, values).mapToObj(i -> "st.volatile.global.f32 [%rd0+" + 4 * i + "], %f" + (values - 1 - i) + ";\n")
                .collect(Collectors.joining());
        return HEAD + ".visible .entry swap(.param .u64 a) " + directives + "\n{\n.reg .b64 %rd<1>;\n.reg .f32 %f<" + values
                + ">;\nld.param.u64 %rd0, [a];\n" + loads + stores + "ret;\n}\n";
    }

    @Test
    void aTableOfAllArchitecturesIsPrintedAndCanBeComparedWithLater() throws IOException {
        assertThat(assemble(swapping(20, ""))).isZero();
        assertThat(out.toString()).contains("sm_50", "sm_90", "m swap", "1 kernels, 9 architectures, 0 errors, 0 spills");
        Path table = Files.writeString(folder.resolve("table.txt"), out.toString());
        assertThat(assemble(swapping(20, ""), "--expected=" + table)).isZero();
        assertThat(assemble(swapping(28, ""), "--expected=" + table)).isEqualTo(1);
        assertThat(out.toString()).contains("expected: m swap", "found:    m swap", "differs from " + table);
    }

    @Test
    void aSpillFails() throws IOException {
        assertThat(assemble(swapping(60, ".maxnreg 16"))).isEqualTo(1);
        assertThat(out.toString()).containsPattern("m swap +0 +16\\+\\d+ ").contains("0 errors, 9 spills");
    }

    @Test
    void anErrorOfTheCompilerFailsAndIsShown() throws IOException {
        assertThat(assemble(HEAD + ".visible .entry wrong()\n{\nreturn;\n}\n")).isEqualTo(1);
        assertThat(out.toString()).contains("m for sm_50: ", "line 6", "9 errors");
    }

    @Test
    void theJsonHoldsEveryKernelAndArchitecture() throws IOException {
        Path json = folder.resolve("resources.json");
        assertThat(assemble(swapping(4, ""), "--json=" + json)).isZero();
        JsonNode kernels = new JsonMapper().readTree(json.toFile()).get("kernels");
        assertThat(kernels.findValuesAsText("architecture")).isEqualTo(PtxAssembler.ARCHITECTURES);
        assertThat(kernels.findValues("registers")).allMatch(registers -> registers.asInt() > 0);
    }
}
