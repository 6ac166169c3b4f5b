package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.HostMemory;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuEvent;

/**
 * Copies between host arrays and a device by way of two page-locked buffers in turn: while the device copies one, the processor fills or
 * empties the other. Copies are in order with the operations of the device; an upload returns when the array has been read.
 *
 * <p>The buffers stay until the device is closed.
 */
final class HostCopies {
    /** 4 MiB: much longer under way than a copy takes to start. */
    static final int BUFFER_ELEMENTS = 1 << 20;

    /** @param copied behind the last copy from or to the memory */
    private record Buffer(HostMemory memory, GpuEvent copied) {
        static Buffer on(GpuDriver driver) {
            return new Buffer(driver.allocateHost(BUFFER_ELEMENTS), driver.createEvent());
        }
    }

    private final GpuDriver driver;
    private Buffer[] buffers;
    private int next;

    HostCopies(GpuDriver driver) {
        this.driver = driver;
    }

    /** Copies {@code count} elements from {@code source[from]} on to the device. */
    void upload(float[] source, int from, DevicePointer target, int count) {
        for (int done = 0; done < count; done += BUFFER_ELEMENTS) {
            int part = Math.min(BUFFER_ELEMENTS, count - done);
            Buffer buffer = nextBuffer();
            buffer.copied.synchronize();
            buffer.memory.values().put(0, source, from + done, part);
            driver.upload(buffer.memory, target.plusFloats(done), part, driver.defaultStream());
            buffer.copied.record(driver.defaultStream());
        }
    }

    /** Copies {@code count} elements to {@code target[from]} and on. */
    void download(DevicePointer source, float[] target, int from, int count) {
        Buffer current = start(source, 0, count);
        for (int done = 0; done < count; done += BUFFER_ELEMENTS) {
            Buffer following = start(source, done + BUFFER_ELEMENTS, count);
            current.copied.synchronize();
            current.memory.values().get(0, target, from + done, Math.min(BUFFER_ELEMENTS, count - done));
            current = following;
        }
    }

    /** Starts the copy of the part that begins at {@code done}, if there is one; an upload that still reads the buffer comes before. */
    private Buffer start(DevicePointer source, int done, int count) {
        if (done >= count) {
            return null;
        }
        Buffer buffer = nextBuffer();
        driver.download(source.plusFloats(done), buffer.memory, Math.min(BUFFER_ELEMENTS, count - done), driver.defaultStream());
        buffer.copied.record(driver.defaultStream());
        return buffer;
    }

    private Buffer nextBuffer() {
        if (buffers == null) {
            buffers = new Buffer[] {Buffer.on(driver), Buffer.on(driver)};
        }
        next = 1 - next;
        return buffers[next];
    }
}
