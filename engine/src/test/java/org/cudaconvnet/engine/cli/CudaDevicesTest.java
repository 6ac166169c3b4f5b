package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.cudaconvnet.engine.CudaStandIn;
import org.cudaconvnet.engine.CudaStandIn.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("convnet devices on a machine with a CUDA driver")
class CudaDevicesTest {
    @TempDir
    private static Path folder;
    private static CudaStandIn standIn;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        standIn = CudaStandIn.compiledIn(folder);
    }

    private static Outcome devices(Map<String, String> settings, String... options) throws IOException, InterruptedException {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "devices";
        System.arraycopy(options, 0, arguments, 1, options.length);
        Outcome outcome = standIn.run(settings, Convnet.class, arguments);
        assertThat(outcome.violations()).isEmpty();
        return outcome;
    }

    @Test
    void listsGpusAndWhoseMemoryTheyRead() throws IOException, InterruptedException {
        Outcome outcome = devices(Map.of());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().lines()).anyMatch(line -> line.matches("cuda:1 +stand-in 1, sm_86, .*CUDA 12\\.4, reads the memory of cuda:0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "STANDIN_INIT | 100 | none: no CUDA device found",
        "STANDIN_INIT | 34 | none: the CUDA driver does not start: libcuda.so.1 is the toolkit's stub for linking, not a driver",
        "STANDIN_VERSION | 8000 | none: the CUDA driver is too old: it brings CUDA 8.0, expected 9.0 or later",
    })
    void saysWhyThereAreNone(String setting, String value, String reason) throws IOException, InterruptedException {
        Outcome outcome = devices(Map.of(setting, value));
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).containsPattern("cuda +" + reason);
    }

    @Test
    void copiesBothWaysDirectlyAndByWayOfPageLockedMemory() throws IOException, InterruptedException {
        Outcome outcome = devices(Map.of(), "--canary=cuda:0,cuda:1");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().lines()).containsExactly(
                "cuda:0 to cuda:1, staged: 30 copies arrived as sent", "cuda:0 to cuda:1, direct: 30 copies arrived as sent",
                "cuda:1 to cuda:0, staged: 30 copies arrived as sent", "cuda:1 to cuda:0, direct: 30 copies arrived as sent");
        assertThat(outcome.count("cuMemcpyPeerAsync on 0")).isEqualTo(30);
        assertThat(outcome.count("cuMemcpyPeerAsync on 1")).isEqualTo(30);
        assertThat(outcome.calls()).doesNotContain("copy of pageable memory");
    }

    @Test
    void copiesByWayOfTheHostOnlyWhereThereIsNoPeerAccess() throws IOException, InterruptedException {
        Outcome outcome = devices(Map.of("STANDIN_PEERS", "0"), "--canary=cuda:0,cuda:1");
        assertThat(outcome.output().lines()).containsExactly(
                "cuda:0 to cuda:1, staged: 30 copies arrived as sent", "cuda:1 to cuda:0, staged: 30 copies arrived as sent");
    }

    @ParameterizedTest
    @CsvSource({"peer,direct", "host,staged"})
    void stopsAtAFlippedBitOfALongCopy(String kind, String name) throws IOException, InterruptedException {
        Outcome outcome = devices(Map.of("STANDIN_FLIP", kind), "--canary=cuda:0,cuda:1");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output()).contains(name + " copies from cuda:0 to cuda:1 deliver other bytes: element ")
                .contains(kind.equals("peer") ? "(zeros) arrived as 0x00000001, expected 0x00000000; --transfers=staged avoids direct copies" : "arrived as 0x");
    }

    @Test
    void saysSoIfHostMemoryCannotBePageLocked() throws IOException, InterruptedException {
        Outcome outcome = devices(Map.of("STANDIN_LOCKABLE", "1000000"), "--canary=cuda:0,cuda:1");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output()).contains("cuda:0: page-locking 4194304 bytes of host memory: CUDA_ERROR_OUT_OF_MEMORY");
    }
}
