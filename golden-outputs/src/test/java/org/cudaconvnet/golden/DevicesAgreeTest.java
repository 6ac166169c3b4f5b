package org.cudaconvnet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.golden.CaseResult.Status;
import org.cudaconvnet.kernels.Arithmetic;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bit for bit, also where the stored data accept a tolerance. */
@DisplayName("emulated:0 against cpu:0")
class DevicesAgreeTest {
    private static final Path GOLDEN_2012 = Path.of("golden-2012");
    private static final DeviceChoice CPU = new DeviceChoice("cpu:0", 2);
    private static final DeviceChoice EMULATED = new DeviceChoice("emulated:0", 2);

    @Test
    void allCallsOfSingleOperationsGiveEqualBits() {
        List<CaseResult> results = compare(CPU, EMULATED, GOLDEN_2012.resolve("kernels"), CaseFilter.ALL);
        assertThat(results).hasSize(1145).allSatisfy(DevicesAgreeTest::hasEqualBits);
    }

    @Test
    @Tag("slow")
    void theTrainedNetQuickGivesEqualBits() {
        trainedNetsGiveEqualBits("quick");
    }

    @ParameterizedTest
    @ValueSource(strings = {"norms", "mixed", "twotower"})
    void trainedNetsGiveEqualBits(String net) {
        List<CaseResult> results = compare(CPU, EMULATED, GOLDEN_2012.resolve("engine").resolve(net), CaseFilter.ALL);
        assertThat(results).isNotEmpty().allSatisfy(DevicesAgreeTest::hasEqualBits);
    }

    @Test
    @Tag("slow")
    void theNetOfTheTwoGpuEngineGivesOnTwoEmulatedDevicesTheBitsOfOneProcessor() {
        DeviceChoice two = new DeviceChoice("emulated:0,emulated:1", 2);
        assertThat(compare(CPU, two, GOLDEN_2012.resolve("twogpu"), CaseFilter.ALL)).isNotEmpty().allSatisfy(DevicesAgreeTest::hasEqualBits);
    }

    @Test
    void anotherLogarithmIsFoundAlthoughTheStoredDataAcceptBoth() {
        DeviceChoice rounded = new DeviceChoice("cpu:0", 2, Arithmetic.ROUNDED_2012);
        List<CaseResult> results = compare(CPU, rounded, GOLDEN_2012.resolve("kernels"), new CaseFilter("applyLog"));
        assertThat(results).anySatisfy(result -> {
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.message()).contains("found ").contains("0x1.").contains("outside exact");
        });
    }

    private static void hasEqualBits(CaseResult result) {
        assertThat(result.message()).as(result.name()).isNull();
        assertThat(result.status()).as(result.name()).isEqualTo(Status.PASSED);
        assertThat(result.arrays()).as(result.name()).isNotEmpty().allSatisfy(array -> {
            assertThat(array.tolerance()).isEqualTo(Tolerance.EXACT);
            assertThat(array.worstUlp()).isZero();
        });
    }

    private static List<CaseResult> compare(DeviceChoice reference, DeviceChoice device, Path folder, CaseFilter only) {
        List<CaseResult> results = new ArrayList<>();
        GoldenSets.find(folder).get(0).compare(reference, device, only, results::add);
        return results;
    }
}
