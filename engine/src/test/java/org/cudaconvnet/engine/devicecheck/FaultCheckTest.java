package org.cudaconvnet.engine.devicecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cudaconvnet.engine.devicecheck.FaultCheck.Trial;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An injected fault")
@Timeout(600)
class FaultCheckTest {
    /** One with consumers on both devices. */
    private static final String LAYER = "pool9";
    private static final int NET = 41;

    private static List<Trial> trials(CheckedNet net, String devices, boolean staged, Fault fault, String layer) {
        try (FaultCheck check = new FaultCheck(net, "cpu:0", devices, 2, staged)) {
            return check.run(fault, layer, trial -> { });
        }
    }

    @ParameterizedTest(name = "{0} of a copy on {1}, staged {2}, is seen in the results and named by verified copies")
    @CsvSource({"DROPPED,'cpu:0,cpu:1',false", "STALE,'cpu:0,cpu:1',false", "SWAPPED,'cpu:0,cpu:1',false", "BIT_FLIP,'cpu:0,cpu:1',false",
        "BIT_FLIP,'cpu:0,cpu:1',true", "BIT_FLIP,'emulated:0,emulated:1',false"})
    void ofACopyIsSeenAndNamed(Fault fault, String devices, boolean staged) {
        List<Trial> trials = trials(RandomNet.of(NET), devices, staged, fault, LAYER);
        assertThat(trials).hasSizeGreaterThanOrEqualTo(2).allSatisfy(trial -> {
            assertThat(trial.comparison()).as(trial.place()).isNotNull();
            assertThat(trial.verification()).matches("(cpu|emulated):\\d: layer " + LAYER + ", (forward|backward) pass: " + trial.place()
                    + ": element \\(\\d+, \\d+\\) .*");
        });
    }

    @ParameterizedTest(name = "{0} of a copy between virtual GPUs is seen and named, staged {1}")
    @CsvSource({"DROPPED,false", "STALE,false", "SWAPPED,false", "BIT_FLIP,true"})
    @Tag("slow")
    void ofACopyBetweenVirtualGpusIsSeenAndNamed(Fault fault, boolean staged) {
        ofACopyIsSeenAndNamed(fault, "emulated:0,emulated:1", staged);
    }

    @ParameterizedTest(name = "at every copy of the small AlexNet is found: {0}")
    @EnumSource(names = {"DROPPED", "STALE", "SWAPPED", "BIT_FLIP"})
    @Tag("slow")
    void atEveryCopyIsFound(Fault fault) {
        assertThat(trials(CheckedNet.smallAlexNet(), "cpu:0,cpu:1", false, fault, null)).hasSize(14).allMatch(Trial::isFound);
    }

    @ParameterizedTest(name = "that is a device lost at any step of layer " + LAYER + " stops the run on {0}, with device and layer")
    @CsvSource({"'cpu:0,cpu:1'", "'emulated:0,emulated:1'"})
    void thatIsALostDeviceStopsTheRun(String devices) {
        List<Trial> trials = trials(RandomNet.of(NET), devices, false, Fault.FAILURE, LAYER);
        // Its own device in three passes, and another one where its activations or gradient are handled.
        assertThat(trials).hasSizeGreaterThanOrEqualTo(4).allSatisfy(trial -> {
            assertThat(trial.verification()).isEqualTo(trial.place() + ": injected failure");
            assertThat(trial.isFound()).isTrue();
        });
    }

    @Test
    void isInjectedOnlyAtTheNamedLayer() {
        try (FaultCheck check = new FaultCheck(RandomNet.of(NET), "cpu:0", "cpu:0,cpu:1", 2, false)) {
            assertThat(check.count(Fault.DROPPED, "nowhere")).isZero();
            assertThat(check.count(Fault.DROPPED, LAYER)).isBetween(1, check.count(Fault.DROPPED, null) - 1);
        }
    }
}
