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
import java.util.Map;
import java.util.zip.ZipFile;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsEmulateCommandTest {
    /** y[i] = a * x[i] + y[i] for i below n; without the comparison where n is 0. */
    private static final String SAXPY = """
            .version 6.0
            .target sm_50
            .address_size 64
            .visible .entry saxpy(.param .u32 n, .param .f32 a, .param .u64 x, .param .u64 y)
            {
            .reg .pred %p<3>; .reg .b32 %r<5>; .reg .f32 %f<5>; .reg .b64 %rd<6>;
            ld.param.u32 %r1, [n];
            ld.param.f32 %f1, [a];
            ld.param.u64 %rd1, [x];
            ld.param.u64 %rd2, [y];
            mov.u32 %r2, %ctaid.x;
            mov.u32 %r3, %ntid.x;
            mov.u32 %r4, %tid.x;
            mad.lo.s32 %r2, %r2, %r3, %r4;
            setp.ne.s32 %p1, %r1, 0;
            setp.ge.and.s32 %p2, %r2, %r1, %p1;
            @%p2 bra DONE;
            mul.wide.s32 %rd3, %r2, 4;
            add.s64 %rd4, %rd1, %rd3;
            add.s64 %rd5, %rd2, %rd3;
            ld.global.f32 %f2, [%rd4];
            ld.global.f32 %f3, [%rd5];
            fma.rn.f32 %f4, %f1, %f2, %f3;
            st.global.f32 [%rd5], %f4;
            DONE:
            ret;
            }
            """;

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeModule() throws IOException {
        Files.writeString(folder.resolve("saxpy.ptx"), SAXPY);
    }

    private int emulate(String... options) {
        List<String> arguments = new ArrayList<>(List.of("kernels", "emulate", "saxpy", "--ptx=" + folder.resolve("saxpy.ptx")));
        arguments.addAll(List.of(options));
        return execute(arguments);
    }

    private int execute(List<String> arguments) {
        return Convnet.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
    }

    @Test
    void arraysGoInAndOut() {
        Path in = folder.resolve("in.npz");
        Npz.write(in, Map.of("x", NumpyArray.ofFloats(new float[] {1, 2, 3}, 3), "y", NumpyArray.ofFloats(new float[] {10, 20, 30}, 3)));
        Path result = folder.resolve("out.npz");
        assertThat(emulate("--block=32", "3", "0.5", in + ":x", in + ":y", "--check", "--out=" + result)).isZero();
        assertThat(Npz.read(result)).containsOnlyKeys("argument2", "argument3");
        assertThat(Npz.read(result).get("argument3").floats()).containsExactly(10.5f, 21, 31.5f);
        assertThat(out.toString()).contains("saxpy of saxpy.ptx, grid 1x1x1, block 32x1x1", "argument2  <f4[3]  unchanged",
                "argument3  <f4[3]  SHA-256 ", " lane instructions");
    }

    @Test
    void anArrayMayBeAFileOfItsOwn() throws IOException {
        Path zip = folder.resolve("in.npz");
        Npz.write(zip, Map.of("x", NumpyArray.ofFloats(new float[] {1, 2, 3}, 3)));
        Path in = folder.resolve("x.npy");
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Files.copy(file.getInputStream(file.getEntry("x.npy")), in);
        }
        Path result = folder.resolve("out.npz");
        assertThat(emulate("--block=32", "3", "2", in.toString(), in.toString(), "--out=" + result)).isZero();
        assertThat(Npz.read(result).get("argument3").floats()).containsExactly(3, 6, 9);
        Files.write(in, new byte[] {1, 2, 3});
        assertThat(emulate("3", "2", in.toString(), "zeros:3")).isEqualTo(2);
        assertThat(err.toString()).startsWith(in + ": does not begin with the magic of the npy format").hasLineCount(1);
    }

    @Test
    void patternsAreTheSameInEveryRunAndTheJsonHoldsTheDigests() throws IOException {
        Path json = folder.resolve("report.json");
        assertThat(emulate("--grid=2", "--block=64", "100", "2", "random:100", "random:100", "--json=" + json)).isZero();
        JsonNode report = new JsonMapper().readTree(json.toFile());
        assertThat(report.get("buffers").findValuesAsText("changed")).containsExactly("false", "true");
        assertThat(report.get("laneInstructions").asLong()).isEqualTo(128 * 11 + 100 * 7 + 28);
        String digest = report.get("buffers").get(1).get("sha256").asText();
        assertThat(emulate("--grid=4", "--block=32", "--threads=1", "100", "2", "random:100", "random:100")).isZero();
        assertThat(out.toString()).contains(digest);
    }

    @Test
    void faultsGiveExitCode1AndTheirPlace() {
        assertThat(emulate("--block=32", "0", "1", "random:31", "zeros:32")).isEqualTo(1);
        assertThat(err.toString()).startsWith("OUT_OF_BOUNDS: kernel saxpy, saxpy.ptx line 21, block (0,0,0), thread (31,0,0)").hasLineCount(1);
        assertThat(emulate("--block=32", "32", "1", "random:32", "empty:32")).isZero();
        assertThat(emulate("--block=32", "32", "1", "random:32", "empty:32", "--check")).isEqualTo(1);
        assertThat(err.toString()).contains("UNINITIALISED_READ: kernel saxpy, saxpy.ptx line 22");
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        Path binary = Files.write(folder.resolve("saxpy.cubin"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertThat(execute(List.of("kernels", "emulate", "saxpy", "--ptx=" + binary))).isEqualTo(2);
        assertThat(err.toString()).contains("saxpy.cubin: found bytes that are not UTF-8 text, expected PTX").hasLineCount(1);
    }

    @Test
    void kernelsOfThisProgramNeedNoFile() {
        assertThat(execute(List.of("kernels", "emulate", "kEltwiseUnaryOp_Identity"))).isEqualTo(2);
        assertThat(err.toString()).startsWith("kernel kEltwiseUnaryOp_Identity: found 0 arguments, expected ").hasLineCount(1);
        assertThat(execute(List.of("kernels", "emulate", "kNothing"))).isEqualTo(2);
        assertThat(err.toString()).contains("kernel kNothing: not in this program");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--grid=0 1 1 zeros:1 zeros:1; no GPU can launch grid 0x1x1",
        "--block=a 1 1 zeros:1 zeros:1; --block=a, expected one to three sizes",
        "one 1 zeros:1 zeros:1; argument 0: found \"one\", expected a number of type u32",
        "1 1 zeros zeros:1; argument 2: found \"zeros\", expected a number of type u64 or a buffer",
        "1 1 ones:3 zeros:1; argument 2: found \"ones:3\", expected a buffer",
        "1 1 zeros:0 zeros:1; argument 2: length of a buffer=0, expected at least 1",
        "1 1 none.npz:x zeros:1; none.npz: no such file",
        "1 1 none.npy zeros:1; none.npy: no such file, expected a NumPy .npy file",
        "1 1 zeros:1; kernel saxpy: found 3 arguments, expected 4: [u32, f32, u64, u64]",
        "--shared=100000 1 1 zeros:1 zeros:1; emulated:0: kernel saxpy"})
    void badInputIsNamedInOneLine(String arguments, String message) {
        assertThat(emulate(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith(message).hasLineCount(1);
    }
}
