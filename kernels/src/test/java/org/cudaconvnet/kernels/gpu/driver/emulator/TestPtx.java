package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;

/** PTX from the test resources, and arrays on a device. */
final class TestPtx {
    private TestPtx() {
    }

    static String read(String name) {
        try (InputStream stream = TestPtx.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DevicePointer upload(GpuDriver device, float... values) {
        DevicePointer pointer = device.allocate(4L * values.length);
        device.upload(values, 0, pointer, values.length);
        return pointer;
    }

    static DevicePointer upload(GpuDriver device, int... values) {
        DevicePointer pointer = device.allocate(4L * values.length);
        device.upload(values, 0, pointer, values.length);
        return pointer;
    }

    static float[] floats(GpuDriver device, DevicePointer pointer, int count) {
        float[] values = new float[count];
        device.download(pointer, values, 0, count);
        return values;
    }

    static int[] ints(GpuDriver device, DevicePointer pointer, int count) {
        int[] values = new int[count];
        device.download(pointer, values, 0, count);
        return values;
    }
}
