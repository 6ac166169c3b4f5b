package org.cudaconvnet.engine.devicecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.NetText;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.Nets;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.RandomSchedule;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.gpu.driver.jcuda.CudaLibrary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A net has the same bits on one device and on several")
@Timeout(600)
class DeviceCheckTest {
    private static final DeviceGroup ONE = DeviceGroup.open("cpu:0", 1, Set.of());

    @AfterAll
    static void close() {
        ONE.close();
    }

    private static Difference difference(CheckedNet net, String devices, RandomSchedule schedule, int minibatches) {
        try (DeviceGroup several = DeviceGroup.open(devices, 2, Set.of())) {
            several.setSchedule(schedule);
            return new DeviceCheck(net).run(ONE, several, minibatches);
        }
    }

    private static void assertRandomNetsAgree(String devices, int from, int to, int minibatches) {
        for (int number = from; number <= to; number++) {
            assertThat(difference(RandomNet.of(number), devices, null, minibatches)).as("random net %d on %s", number, devices).isNull();
        }
    }

    @ParameterizedTest(name = "random nets {1} to {2} on {0}")
    @CsvSource({"'cpu:0,cpu:1',1,12", "'cpu:0,cpu:1,cpu:2',13,16", "'cpu:0,cpu:1,cpu:2,cpu:3',17,20"})
    void ofRandomColumns(String devices, int from, int to) {
        assertRandomNetsAgree(devices, from, to, 10);
    }

    @ParameterizedTest(name = "random net {1} on {0}")
    @CsvSource({"'emulated:0,emulated:1',41,41", "'cpu:0,emulated:0',41,41"})
    void ofRandomColumnsOnVirtualGpus(String devices, int from, int to) {
        assertRandomNetsAgree(devices, from, to, 2);
    }

    @Test
    void ofTheLayersOfAlexNet() {
        assertThat(difference(CheckedNet.smallAlexNet(), "cpu:0,cpu:1", null, 10)).isNull();
    }

    @ParameterizedTest(name = "if a scheduler draws the order of steps, net {0}")
    @ValueSource(ints = {31, 32, 33, 34, 35})
    void inRandomSchedules(int number) {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(difference(RandomNet.of(number), "cpu:0,cpu:1", new RandomSchedule(seed), 2)).as("schedule %d", seed).isNull();
        }
    }

    @Test
    @Tag("slow")
    void inAThousandRandomSchedules() {
        for (int number = 1; number <= 20; number++) {
            for (int seed = 0; seed < 50; seed++) {
                assertThat(difference(RandomNet.of(number), "cpu:0,cpu:1,cpu:2", new RandomSchedule(seed), 2))
                        .as("net %d, schedule %d", number, seed).isNull();
            }
        }
    }

    @Test
    @Tag("slow")
    void ofManyRandomColumns() {
        assertRandomNetsAgree("cpu:0,cpu:1", 1, 300, 10);
        assertRandomNetsAgree("emulated:0,emulated:1", 1, 10, 10);
        assertThat(difference(CheckedNet.smallAlexNet(), "emulated:0,emulated:1", null, 10)).isNull();
    }

    @Test
    void onGpusWhereThereAreAny() {
        String gpus;
        try {
            gpus = CudaLibrary.deviceCount() > 1 ? "cuda:0,cuda:1" : "cuda:0";
        } catch (DeviceException none) {
            gpus = null;
        }
        assumeTrue(gpus != null, "no GPU");
        assertRandomNetsAgree(gpus, 1, 20, 10);
        assertThat(difference(CheckedNet.smallAlexNet(), gpus, null, 10)).isNull();
    }

    @Test
    void otherwiseTheFirstDifferenceIsNamed() {
        CheckedNet net = CheckedNet.smallAlexNet();
        try (DeviceGroup several = DeviceGroup.open("cpu:0,cpu:1", 2, Set.of())) {
            several.setHooks(new InjectedFault(Fault.BIT_FLIP, place(net, several, "activations of layer pool2a from cpu:0 to cpu:1"), List.of()));
            Difference difference = new DeviceCheck(net).run(ONE, several, 1);
            assertThat(difference.layer()).isEqualTo("conv3b");
            assertThat(difference.toString()).startsWith("mini-batch 1: activations of layer conv3b on cpu:1: element (");
            assertThat(difference.different()).isBetween(1, difference.elements());
        }
    }

    private static FaultPlaces.Place place(CheckedNet net, DeviceGroup several, String text) {
        FaultPlaces places = new FaultPlaces();
        several.setHooks(places);
        new DeviceCheck(net).run(ONE, several, 1);
        return places.of(Fault.BIT_FLIP).stream().filter(place -> place.text().equals(text)).findFirst().orElseThrow();
    }

    @Test
    void unlessItDiverges() {
        CheckedNet diverging = new CheckedNet("diverging", ConfigFile.parse("net", NetText.DATA + NetText.classifier("data", 5, "0.1")),
                ConfigFile.parse("params", "[out]\nepsW=1e38\nepsB=1e38\nmomW=0\nmomB=0\nwc=1\n[logprob]\ncoeff=1\n"), List.of(12, 1), 5, 4);
        assertThatThrownBy(() -> difference(diverging, "cpu:0,cpu:1", null, 10)).isInstanceOf(InputException.class)
                .hasMessageStartingWith("diverging: a cost is infinite or not a number in mini-batch ");
    }

    @Test
    void andTheSmallAlexNetHasTheLayersOfTheLargeOne() {
        assertThat(topology(CheckedNet.smallAlexNet().layerDef())).isEqualTo(topology(Nets.layers("alexnet-145")));
    }

    /** Everything but numbers of filters and units, and their names. */
    private static List<String> topology(ConfigFile definition) {
        return definition.sections().stream().map(section -> Stream.of("type", "inputs", "gpu", "size", "neuron", "pool", "keep")
                .map(key -> section.string(key, "").replaceAll("fc\\d+", "fc")).collect(Collectors.joining(" "))).toList();
    }
}
