package org.cudaconvnet.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The peer-copy canary")
class PeerCanaryTest {
    private final Backend first = Devices.open("cpu:0", 1, Set.of());
    private final Backend second = Devices.open("cpu:1", 1, Set.of());

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    /** A device that runs {@code fault} after one of its methods has taken a matrix of more than 60000 elements. */
    private static Backend faulty(Backend device, String method, Consumer<Matrix> fault) {
        return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, called, arguments) -> {
            try {
                Object result = called.invoke(device, arguments);
                if (called.getName().equals(method) && arguments[arguments.length - 1] instanceof Matrix target && target.cols() > 60_000) {
                    fault.accept(target);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** Of the last element. */
    private static void flipLowestBit(Backend device, Matrix matrix) {
        float[] values = new float[matrix.cols()];
        device.download(matrix, values);
        values[values.length - 1] = Float.intBitsToFloat(Float.floatToRawIntBits(values[values.length - 1]) ^ 1);
        device.upload(values, matrix);
    }

    @Test
    void passesGoodDevices() {
        assertThat(PeerCanary.check(List.of(first, second), false)).extracting(checked -> checked.from() + checked.to() + checked.direct())
                .containsExactly("cpu:0cpu:1false", "cpu:0cpu:1true", "cpu:1cpu:0false", "cpu:1cpu:0true");
        assertThat(PeerCanary.check(List.of(first, second), true)).hasSize(2);
    }

    @Test
    void findsASingleBitOfALargeDirectCopy() {
        Backend bad = faulty(second, "copyFrom", target -> flipLowestBit(second, target));
        assertThatThrownBy(() -> PeerCanary.check(List.of(first, bad), false)).isInstanceOf(DeviceException.class)
                .hasMessageContaining("direct copies from cpu:0 to cpu:1").hasMessageContaining("element 65536 of 65537")
                .hasMessageContaining("0x00000001, expected 0x00000000").hasMessageContaining("--transfers=staged");
        assertThat(PeerCanary.check(List.of(first, bad), true)).hasSize(2);
    }

    @Test
    void findsABadCopyByWayOfTheHost() {
        Backend bad = faulty(second, "upload", target -> flipLowestBit(second, target));
        assertThatThrownBy(() -> PeerCanary.check(List.of(first, bad), true)).isInstanceOf(DeviceException.class)
                .hasMessageContaining("staged copies from cpu:0 to cpu:1");
    }
}
