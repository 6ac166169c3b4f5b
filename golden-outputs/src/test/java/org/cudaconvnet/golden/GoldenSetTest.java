package org.cudaconvnet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.golden.CaseResult.Status;
import org.cudaconvnet.golden.kernelcases.KernelSet;
import org.cudaconvnet.kernels.Arithmetic;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The repository's copy of the reference data of 2012, all of it. */
@DisplayName("golden-2012 on cpu:0")
class GoldenSetTest {
    static final Path GOLDEN_2012 = Path.of("golden-2012");

    private static final Path KERNELS = GOLDEN_2012.resolve("kernels");
    private static final DeviceChoice DEVICE = new DeviceChoice("cpu:0", 2);
    private static final DeviceChoice IN_THE_ARITHMETIC_OF_THE_DATA = new DeviceChoice("cpu:0", 2, Arithmetic.ROUNDED_2012);

    static Stream<String> operations() {
        return kernels().operations().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyCallOfTheOperationAgrees(String operation) {
        assertThat(failures(kernels(), new CaseFilter(operation), DEVICE)).isEmpty();
    }

    @Test
    void theSetIsComplete() {
        assertThat(kernels().count(CaseFilter.ALL)).isEqualTo(1145);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "norms", "mixed", "twotower"})
    void everyStoredArrayOfTheTrainedNetAgrees(String net) {
        GoldenSet set = GoldenSets.find(GOLDEN_2012.resolve("engine").resolve(net)).get(0);
        assertThat(failures(set, CaseFilter.ALL, DEVICE)).isEmpty();
    }

    @Test
    void everyCallAgreesBitForBitInTheArithmeticOfTheData() {
        assertThat(failures(kernels(), CaseFilter.ALL, IN_THE_ARITHMETIC_OF_THE_DATA)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "norms", "mixed", "twotower"})
    void tenMiniBatchesOfTrainingAgreeBitForBitInTheArithmeticOfTheData(String net) {
        GoldenSet set = GoldenSets.find(GOLDEN_2012.resolve("engine").resolve(net)).get(0);
        assertThat(failures(set, CaseFilter.ALL, IN_THE_ARITHMETIC_OF_THE_DATA)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "cpu:0,cpu:1"})
    void theNetOfTheTwoGpuEngineAgreesBitForBitInTheArithmeticOfTheData(String devices) {
        GoldenSet set = GoldenSets.find(GOLDEN_2012.resolve("twogpu")).get(0);
        assertThat(set.count(CaseFilter.ALL)).isEqualTo(396);
        assertThat(failures(set, CaseFilter.ALL, new DeviceChoice(devices, 2, Arithmetic.ROUNDED_2012))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "cpu:0,cpu:1"})
    void theNetOfTheTwoGpuEngineAgrees(String devices) {
        GoldenSet set = GoldenSets.find(GOLDEN_2012.resolve("twogpu")).get(0);
        assertThat(failures(set, CaseFilter.ALL, new DeviceChoice(devices, 2))).isEmpty();
    }

    private static KernelSet kernels() {
        return (KernelSet) GoldenSets.find(KERNELS).get(0);
    }

    private static List<String> failures(GoldenSet set, CaseFilter only, DeviceChoice device) {
        List<String> failures = new ArrayList<>();
        set.check(device, only, result -> {
            if (result.status() == Status.FAILED) {
                failures.add(result.name() + ": " + result.message());
            }
        });
        return failures;
    }
}
