package org.cudaconvnet.kernels.gpu.driver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.assemble.PtxAssembler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("JCuda's native libraries")
class NativeLibrariesTest {
    private static final int PROCESSES = 4;
    private static final String LIBRARY = "libJNvPTXCompiler-12.6.0-linux-x86_64.so";

    @TempDir
    private Path shared;

    /** Assembles a kernel in a process of its own; prints the temporary folder as other code sees it afterwards. */
    static final class Assembling {
        private Assembling() {
        }

        public static void main(String[] arguments) {
            PtxAssembler.assemble("empty", ".version 6.0\n.target sm_50\n.address_size 64\n.visible .entry empty()\n{\nret;\n}\n", "sm_50");
            System.out.print(System.getProperty("java.io.tmpdir"));
        }
    }

    @Test
    void areLoadedByProcessesStartedAtOnceBesideAHalfWrittenFile() throws IOException, InterruptedException {
        Files.writeString(shared.resolve(LIBRARY), "\u007fELF half of it");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.io.tmpdir=" + shared, "-cp", System.getProperty("java.class.path"), Assembling.class.getName())
                    .redirectErrorStream(true).start());
        }
        for (Process process : processes) {
            assertThat(new String(process.getInputStream().readAllBytes())).endsWith(shared.toString());
            assertThat(process.waitFor()).isZero();
        }
        assertThat(shared.resolve(LIBRARY)).hasContent("\u007fELF half of it");
        assertThat(shared).isDirectoryNotContaining(file -> !file.endsWith(LIBRARY) && !file.toString().contains("hsperfdata"));
    }
}
