package org.cudaconvnet.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.IntStream;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.DeviceNameException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A group of devices")
class DeviceGroupTest {
    @Test
    void countsLogicalDevicesRound() {
        try (DeviceGroup devices = DeviceGroup.open("cpu:0,cpu:1", 2, Set.of())) {
            assertThat(devices.name()).isEqualTo("cpu:0,cpu:1");
            assertThat(IntStream.range(-1, 5).map(devices::deviceOf)).containsExactly(0, 0, 1, 0, 1, 0);
        }
    }

    @Test
    void sharesTheThreadsOfTheProcessor() {
        try (DeviceGroup devices = DeviceGroup.open("cpu:0,emulated:0,cpu:1", 5, Set.of())) {
            assertThat(devices.backend(0).description()).endsWith(" 2 threads");
            assertThat(devices.backend(2).description()).endsWith(" 1 threads");
        }
        try (DeviceGroup devices = DeviceGroup.open("cpu:0,cpu:1", 1, Set.of())) {
            assertThat(devices.backend(1).description()).endsWith(" 1 threads");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0,", ",", "cpu:0,,", "cpu:0, "})
    void refusesAListWithAnEmptyName(String list) {
        assertThatThrownBy(() -> DeviceGroup.open(list, 1, Set.of())).isInstanceOf(InputException.class)
                .hasMessage("devices \"" + list + "\": found an empty name, expected a list such as cpu:0,cpu:1");
    }

    @Test
    void refusesDevicesThatAreNamedTwiceOrDoNotExist() {
        assertThatThrownBy(() -> DeviceGroup.open("cpu:0,cpu:0", 1, Set.of())).isInstanceOf(InputException.class)
                .hasMessageContaining("cpu:0,cpu:0").hasMessageContaining("named twice");
        assertThatThrownBy(() -> DeviceGroup.open("", 1, Set.of())).isInstanceOf(DeviceNameException.class);
        assertThatThrownBy(() -> DeviceGroup.open("cpu:0,abacus:1", 1, Set.of())).isInstanceOf(DeviceException.class).hasMessageContaining("abacus:1");
    }
}
