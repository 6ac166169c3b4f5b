package org.cudaconvnet.kernels.ptx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Clang as a compiler from CUDA to PTX, without any CUDA SDK. It sees nothing of the machine but the sources: no environment, no
 * configuration files, and only names relative to the folder of the sources.
 */
public final class PtxCompiler {
    /** The command of the pinned version. */
    public static final String COMMAND = "clang-19";

    /** A CUDA path that exists would change the version of PTX; contraction off leaves the order of arithmetic as written. */
    static final List<String> FLAGS = List.of("--no-default-config", "-x", "cuda", "-std=c++17", "--cuda-path=/nonexistent", "-nocudainc",
            "-nocudalib", "--cuda-device-only", "--cuda-gpu-arch=sm_50", "-Xclang", "-target-feature", "-Xclang", "+ptx60", "-O3",
            "-ffp-contract=off", "-Wall", "-Werror");

    private final String command;

    /** @param command name or path of clang */
    public PtxCompiler(String command) {
        this.command = command;
    }

    /** What the compiler says it is. */
    String version() {
        return new String(run(Path.of("."), List.of("--version")), StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }

    /** The PTX of {@code source}, a file in {@code folder}. */
    byte[] compile(Path folder, String source, List<String> definitions) {
        List<String> arguments = new ArrayList<>(FLAGS);
        definitions.forEach(definition -> arguments.add("-D" + definition));
        arguments.addAll(List.of("-S", "-o", "-", source));
        return run(folder, arguments);
    }

    private byte[] run(Path folder, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(arguments);
        try {
            Path errors = Files.createTempFile("ptx", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectError(errors.toFile());
                builder.environment().clear();
                Process process = builder.start();
                byte[] output = process.getInputStream().readAllBytes();
                if (process.waitFor() != 0) {
                    throw new PtxException(folder + ": " + String.join(" ", line) + " failed: " + Files.readString(errors).strip());
                }
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new PtxException(command + ": cannot be run (" + e.getMessage() + "), expected clang 19, Debian's package clang-19", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PtxException(command + ": interrupted", e);
        }
    }
}
