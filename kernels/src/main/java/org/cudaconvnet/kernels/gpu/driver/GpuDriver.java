package org.cudaconvnet.kernels.gpu.driver;

import org.cudaconvnet.kernels.HostMemory;

/**
 * One open GPU, real or virtual.
 *
 * <p>Work given to one stream is done in the order given; streams are independent of each other except where
 * {@link GpuStream#waitFor} orders them. Copies between host arrays and the device and {@link #synchronize()} wait for all work given before;
 * everything else may return before its work is done, and an error in that work may surface at a later call. A driver may be
 * used from any thread, by one at a time. Sizes and distances are in bytes unless said otherwise.
 *
 * <p>Every method throws {@link GpuException} if the device refuses or has failed; after a kernel has failed the device is not
 * usable any more and has to be closed.
 */
public interface GpuDriver extends AutoCloseable {
    /** Name such as {@code cuda:0}. */
    String name();

    GpuProperties properties();

    /** Free and total memory of the device, now. */
    MemoryInfo memoryInfo();

    /**
     * Compiles and loads a module.
     *
     * @param name what error messages call it
     * @param ptx  the text of the module
     */
    GpuModule load(String name, String ptx);

    /** Uninitialised memory, aligned to at least 256 bytes; {@code bytes} is positive. */
    DevicePointer allocate(long bytes);

    /** Frees what {@link #allocate} returned, once all work given before is done. */
    void free(DevicePointer pointer);

    /** Copies {@code count} elements from {@code source[from]} on to the device. */
    void upload(float[] source, int from, DevicePointer target, int count);

    /** Copies {@code count} elements from {@code source[from]} on to the device. */
    void upload(int[] source, int from, DevicePointer target, int count);

    /** Copies {@code count} elements to {@code target[from]} and on. */
    void download(DevicePointer source, float[] target, int from, int count);

    /** Copies {@code count} elements to {@code target[from]} and on. */
    void download(DevicePointer source, int[] target, int from, int count);

    /**
     * Page-locked host memory, of which every device of this kind copies without help of the processor, while other work goes on. It is
     * freed with this device at the latest.
     */
    HostMemory allocateHost(int elements);

    /**
     * Copies the first {@code count} elements of host memory to the device, in order with {@code stream}. They must not be changed nor
     * freed until that is done, which is known by waiting for the stream, an event behind the copy, or the device.
     */
    void upload(HostMemory source, DevicePointer target, int count, GpuStream stream);

    /** Copies {@code count} elements to the start of host memory, in order with {@code stream}; they arrive as those of an upload leave. */
    void download(DevicePointer source, HostMemory target, int count, GpuStream stream);

    /** Copies within this device; the ranges must not overlap. */
    void copy(DevicePointer source, DevicePointer target, long bytes, GpuStream stream);

    /**
     * Copies from the memory of another device of the same kind to this one, in order with this device's {@code stream};
     * what {@code peer} does to {@code source} has to be finished, or ordered by an event.
     */
    void copyFromPeer(GpuDriver peer, DevicePointer source, DevicePointer target, long bytes, GpuStream stream);

    /** True if copies from {@code peer} go directly, not by way of the host. */
    boolean canAccessPeer(GpuDriver peer);

    /** Writes {@code words} times the 32 bits of {@code word}. */
    void fill(DevicePointer target, int word, long words, GpuStream stream);

    /**
     * Starts a kernel.
     *
     * @param arguments the kernel's parameters in order: {@link DevicePointer}, Integer, Long, Float or Double
     * @throws GpuException naming the kernel and the geometry
     */
    void launch(GpuFunction function, LaunchGeometry geometry, GpuStream stream, Object... arguments);

    /** The stream that always exists; it is not closed. */
    GpuStream defaultStream();

    GpuStream createStream();

    GpuEvent createEvent();

    /** Waits for all work of all streams. */
    void synchronize();

    /** Frees everything that belongs to this device. */
    @Override
    void close();
}
