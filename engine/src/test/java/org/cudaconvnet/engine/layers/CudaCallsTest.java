package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.CudaStandIn;
import org.cudaconvnet.engine.CudaStandIn.Outcome;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Training on two GPUs calls the CUDA driver as its documentation asks")
class CudaCallsTest {
    private static final int MINIBATCHES = 3;
    @TempDir
    private static Path folder;
    private static CudaStandIn standIn;

    /** Trains the net with two towers on devices and with transfers that the arguments name; fails at a wrong copy. */
    static final class Training {
        private Training() {
        }

        public static void main(String[] arguments) {
            Transfers transfers = Transfers.of(arguments[1], Boolean.parseBoolean(arguments[2]));
            try (TowerNet tower = new TowerNet(TowerNet.DEFINITION, arguments[0], transfers, PassHooks.NONE)) {
                tower.train(MINIBATCHES, TowerNet.MINIBATCH);
                tower.bits();
            }
        }
    }

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        standIn = CudaStandIn.compiledIn(folder);
    }

    private static Outcome train(Map<String, String> settings, String... arguments) throws IOException, InterruptedException {
        Outcome outcome = standIn.run(settings, Training.class, arguments);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.violations()).isEmpty();
        return outcome;
    }

    @ParameterizedTest(name = "with direct copies, verified: {0}")
    @CsvSource({"false", "true"})
    void withDirectCopies(String verified) throws IOException, InterruptedException {
        Outcome outcome = train(Map.of(), "cuda:0,cuda:1", "peer", verified);
        assertThat(outcome.calls()).contains("cuMemcpyPeerAsync on 0", "cuMemcpyPeerAsync on 1", "cuLaunchKernel on 0", "cuLaunchKernel on 1");
        assertThat(outcome.count("cuCtxEnablePeerAccess on 0")).isEqualTo(2);
        assertThat(outcome.count("cuCtxEnablePeerAccess on 1")).isEqualTo(2);
    }

    @ParameterizedTest(name = "by way of the host, transfers {1}, peer access {0}, verified: {2}")
    @CsvSource({"1,staged,false", "1,staged,true", "0,peer,false", "0,peer,true"})
    void byWayOfPageLockedMemory(String peers, String transfers, String verified) throws IOException, InterruptedException {
        Outcome outcome = train(Map.of("STANDIN_PEERS", peers), "cuda:0,cuda:1", transfers, verified);
        assertThat(outcome.calls()).doesNotContain("cuMemcpyPeerAsync on 0", "cuMemcpyPeerAsync on 1", "copy of pageable memory")
                .contains("cuMemcpyDtoHAsync_v2 on 0", "cuMemcpyDtoHAsync_v2 on 1");
        assertThat(outcome.count("cuMemHostAlloc on 0") + outcome.count("cuMemHostAlloc on 1"))
                .as("two buffers of each device for arrays and one for each matrix that is copied").isBetween(5L, 4L + 12);
    }

    @Test
    @DisplayName("with both towers on one GPU, which copies nothing between devices")
    void onOneGpu() throws IOException, InterruptedException {
        Outcome outcome = train(Map.of(), "cuda:0", "peer", "false");
        assertThat(outcome.calls()).doesNotContain("cuMemcpyPeerAsync on 0", "cuCtxCreate on 1");
    }

    @Test
    @DisplayName("with a GPU beside the processor, whose memory is not page-locked")
    void besideTheProcessor() throws IOException, InterruptedException {
        for (String devices : List.of("cuda:0,cpu:0", "cpu:0,cuda:1")) {
            assertThat(train(Map.of(), devices, "peer", "true").calls()).contains("copy of pageable memory");
        }
    }
}
