package org.cudaconvnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs programs over {@code standin.c} in place of a CUDA driver. Its devices keep and copy memory, but compute nothing; what is checked
 * is how the driver is called.
 */
public final class CudaStandIn {
    private static final String SOURCE = "/cuda/standin.c";
    /** The virtual machine's own remark. */
    private static final String INCUBATOR = "WARNING: Using incubator modules";
    private static final int PATIENCE_SECONDS = 300;

    private final Path folder;

    /**
     * What a program did.
     *
     * @param calls of the driver, one per line, with the device whose context was current
     */
    public record Outcome(int exitCode, String output, List<String> calls) {
        /** Calls that a real driver would refuse, or would answer with something undefined. */
        public List<String> violations() {
            return calls.stream().filter(call -> call.startsWith("violation")).toList();
        }

        public long count(String call) {
            return calls.stream().filter(call::equals).count();
        }
    }

    private CudaStandIn(Path folder) {
        this.folder = folder;
    }

    /** Compiles the library into a folder; without a C compiler and its headers the test is skipped. */
    public static CudaStandIn compiledIn(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("standin.c");
        try (InputStream text = CudaStandIn.class.getResourceAsStream(SOURCE)) {
            Files.copy(text, source);
        }
        assumeThat(new ProcessBuilder("sh", "-c", "echo '#include <stdio.h>' | cc -E -").redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor()).as("a C compiler named cc and the headers of the C library").isZero();
        Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-O1", "-o", folder.resolve("libcuda.so.1").toString(), source.toString(),
                "-lpthread").redirectErrorStream(true).start();
        String complaints = new String(compiler.getInputStream().readAllBytes());
        assertThat(compiler.waitFor()).as(complaints).isZero();
        return new CudaStandIn(folder);
    }

    /**
     * Runs a program in a process of its own.
     *
     * @param settings environment variables, as the library's source describes
     */
    public Outcome run(Map<String, String> settings, Class<?> program, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "calls", ".log");
        Path output = Files.createTempFile(folder, "output", ".txt");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-cp",
                System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LD_LIBRARY_PATH", folder.toString());
        builder.environment().put("STANDIN_LOG", log.toString());
        builder.environment().putAll(settings);
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends within %d s: %s", PATIENCE_SECONDS, Files.readString(output)).isTrue();
        String printed = Files.readAllLines(output).stream().filter(line -> !line.startsWith(INCUBATOR)).map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Outcome(process.exitValue(), printed, Files.readAllLines(log));
    }
}
