package org.cudaconvnet.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cudaconvnet.engine.cli.Convnet;
import org.cudaconvnet.kernels.ptx.PtxBuild;
import org.cudaconvnet.kernels.ptx.PtxManifest;
import org.cudaconvnet.kernels.ptx.PtxModules;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second compiler for the same sources: what it makes of them must give the same bits. Runs where nvcc is installed. */
@DisplayName("The PTX of nvcc")
@Tag("slow")
class NvccPtxTest {
    private static final Path SOURCES = Path.of("..").resolve(PtxBuild.SOURCES);
    /** The oldest architecture of nvcc 13; without {@code -fmad=false} it would contract products and sums. */
    private static final List<String> FLAGS = List.of("-ptx", "-arch=sm_75", "-fmad=false", "-std=c++17");

    @TempDir
    private Path folder;

    @Test
    void givesTheBitsOfTheCpuInAllCallsOfSingleOperations() throws Exception {
        assumeThat(nvccIsInstalled()).as("nvcc on the PATH").isTrue();
        compileAllModules(folder);
        assertThat(convnet("kernels", "list")).contains("compiler: nvcc");
        assertThat(convnet("golden", "check", "golden-2012/kernels", "--threads=2", "--device=cpu:0", "--device=emulated:0"))
                .contains("emulated:0: 1145 of 1145 cases passed", "emulated:0 against cpu:0: 1145 of 1145 cases passed");
    }

    private static boolean nvccIsInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(entry -> Files.isExecutable(Path.of(entry, "nvcc")));
    }

    /** The modules of the manifest, with a manifest of their own, where a class path beginning with {@code root} finds them. */
    private void compileAllModules(Path root) throws Exception {
        Path modules = Files.createDirectories(root.resolve(PtxModules.class.getPackageName().replace('.', '/')));
        SortedMap<String, PtxManifest.Module> compiled = new TreeMap<>();
        PtxManifest pinned = PtxModules.manifest();
        for (String name : pinned.modules().keySet()) {
            PtxManifest.Module module = pinned.modules().get(name);
            Path ptx = modules.resolve(name + ".ptx");
            List<String> command = new ArrayList<>(List.of("nvcc"));
            command.addAll(FLAGS);
            module.definitions().forEach(definition -> command.add("-D" + definition));
            command.addAll(List.of("-o", ptx.toAbsolutePath().toString(), module.source()));
            run(command, SOURCES);
            compiled.put(name, new PtxManifest.Module(module.source(), module.definitions(), sha256(ptx)));
        }
        PtxManifest manifest = new PtxManifest("nvcc", FLAGS, pinned.sources(), compiled);
        JsonMapper.builder().build().writeValue(modules.resolve("manifest.json").toFile(), manifest);
    }

    /** Runs the command line in a JVM that finds these modules before the pinned ones. */
    private String convnet(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(List.of("-cp", folder.toAbsolutePath() + File.pathSeparator + System.getProperty("java.class.path"),
                Convnet.class.getName()));
        command.addAll(List.of(arguments));
        return run(command, Path.of("."));
    }

    private String run(List<String> command, Path directory) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "run", ".log");
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(ended).as("%s ended in time: %s", command, output).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
        return output;
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
