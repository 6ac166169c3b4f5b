package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.cudaconvnet.kernels.HostMemory;
import org.cudaconvnet.kernels.cpu.CpuThreads;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuEvent;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;
import org.cudaconvnet.kernels.gpu.driver.GpuModule;
import org.cudaconvnet.kernels.gpu.driver.GpuProperties;
import org.cudaconvnet.kernels.gpu.driver.GpuStream;
import org.cudaconvnet.kernels.gpu.driver.KernelParameters;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.cudaconvnet.kernels.gpu.driver.MemoryInfo;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxException;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxModule;

/**
 * A virtual GPU with memory of its own. All work is done when the call that gives it returns, so that work of all streams is in
 * the order in which it was given; the blocks of a kernel run on several host threads.
 *
 * <p>Kernels that leave their memory, misalign an access or deadlock fail always; in checker mode also those that read what nobody
 * has written, that race in shared memory, or whose threads part at a barrier. The cause of the {@link GpuException} is then a
 * {@link KernelFault}.
 */
public final class EmulatedDriver implements GpuDriver {
    /** As every architecture from sm_50 on has without being asked for more. */
    private static final int SHARED_BYTES_PER_BLOCK = 48 * 1024;
    private static final int MAX_THREADS_PER_BLOCK = 1024;

    private final int number;
    private final CpuThreads threads;
    private final GlobalMemory memory;
    private final GpuStream defaultStream = new EmulatedStream(this);
    private long laneInstructions;
    private Consumer<LaunchRecord> listener = launch -> { };
    private long instructionLimit = Long.MAX_VALUE;
    private String failure;

    private EmulatedDriver(int number, int threads, boolean checked) {
        this.number = number;
        this.threads = new CpuThreads(checked ? 1 : threads);
        this.memory = new GlobalMemory(number, Runtime.getRuntime().maxMemory(), checked);
    }

    /** @param threads host threads that share the blocks of a kernel */
    public static EmulatedDriver open(int number, int threads) {
        return new EmulatedDriver(number, threads, false);
    }

    /** A device in checker mode; slower, blocks run one after another. */
    public static EmulatedDriver openChecked(int number) {
        return new EmulatedDriver(number, 1, true);
    }

    /** Instructions times threads that executed them, over all launches so far. */
    public long laneInstructions() {
        return laneInstructions;
    }

    /** From now on the listener hears of every launch that is done. */
    public void onLaunch(Consumer<LaunchRecord> newListener) {
        listener = newListener;
    }

    /** From now on a block that takes more lane instructions than this fails, as one in an endless loop would; without it there is no limit. */
    public void limitInstructionsPerBlock(long limit) {
        instructionLimit = limit;
    }

    @Override
    public String name() {
        return "emulated:" + number;
    }

    @Override
    public GpuProperties properties() {
        return new GpuProperties("PTX emulator", "Java " + Runtime.version().feature(), null, 5, 0, threads.count(), 0, memory.capacity(),
                SHARED_BYTES_PER_BLOCK, MAX_THREADS_PER_BLOCK);
    }

    @Override
    public MemoryInfo memoryInfo() {
        return new MemoryInfo(memory.capacity() - memory.used(), memory.capacity());
    }

    @Override
    public GpuModule load(String module, String ptx) {
        requireUsable();
        try {
            return new EmulatedModule(this, PtxModule.parse(module, ptx), KernelParameters.of(ptx));
        } catch (PtxException e) {
            throw new GpuException(name(), e.getMessage(), e);
        }
    }

    GlobalMemory memory() {
        return memory;
    }

    @Override
    public DevicePointer allocate(long bytes) {
        requireUsable();
        Segment segment = memory.allocate("an allocation of global memory", bytes);
        if (segment == null) {
            throw new GpuException(name(), "out of memory: asked for " + bytes + " bytes, " + memoryInfo().freeBytes() + " of "
                    + memory.capacity() + " are free");
        }
        return new DevicePointer(segment.base);
    }

    @Override
    public void free(DevicePointer pointer) {
        if (!memory.free(pointer.address())) {
            throw new GpuException(name(), "freeing " + pointer + ": not the start of an allocation of this device");
        }
    }

    @Override
    public void upload(float[] source, int from, DevicePointer target, int count) {
        Objects.checkFromIndexSize(from, count, source.length);
        Range range = range(target, (long) count * Float.BYTES);
        for (int i = 0; i < count; i++) {
            range.segment.words[range.word + i] = Float.floatToRawIntBits(source[from + i]);
        }
        range.markWritten();
    }

    @Override
    public void upload(int[] source, int from, DevicePointer target, int count) {
        Objects.checkFromIndexSize(from, count, source.length);
        Range range = range(target, (long) count * Integer.BYTES);
        System.arraycopy(source, from, range.segment.words, range.word, count);
        range.markWritten();
    }

    @Override
    public void download(DevicePointer source, float[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        Range range = range(source, (long) count * Float.BYTES);
        for (int i = 0; i < count; i++) {
            target[from + i] = Float.intBitsToFloat(range.segment.words[range.word + i]);
        }
    }

    @Override
    public void download(DevicePointer source, int[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        Range range = range(source, (long) count * Integer.BYTES);
        System.arraycopy(range.segment.words, range.word, target, from, count);
    }

    @Override
    public HostMemory allocateHost(int elements) {
        return HostMemory.plain(elements);
    }

    @Override
    public void upload(HostMemory source, DevicePointer target, int count, GpuStream stream) {
        Objects.checkFromIndexSize(0, count, source.values().capacity());
        Range range = range(target, (long) count * Float.BYTES);
        for (int i = 0; i < count; i++) {
            range.segment.words[range.word + i] = Float.floatToRawIntBits(source.values().get(i));
        }
        range.markWritten();
    }

    @Override
    public void download(DevicePointer source, HostMemory target, int count, GpuStream stream) {
        Objects.checkFromIndexSize(0, count, target.values().capacity());
        Range range = range(source, (long) count * Float.BYTES);
        for (int i = 0; i < count; i++) {
            target.values().put(i, Float.intBitsToFloat(range.segment.words[range.word + i]));
        }
    }

    @Override
    public void copy(DevicePointer source, DevicePointer target, long bytes, GpuStream stream) {
        range(source, bytes).copyTo(range(target, bytes));
    }

    @Override
    public void copyFromPeer(GpuDriver peer, DevicePointer source, DevicePointer target, long bytes, GpuStream stream) {
        if (!(peer instanceof EmulatedDriver other)) {
            throw new GpuException(name(), "copy from " + peer.name() + ": not a device of the same kind");
        }
        other.range(source, bytes).copyTo(range(target, bytes));
    }

    @Override
    public boolean canAccessPeer(GpuDriver peer) {
        return peer instanceof EmulatedDriver && peer != this;
    }

    @Override
    public void fill(DevicePointer target, int word, long words, GpuStream stream) {
        Range range = range(target, words * Integer.BYTES);
        Arrays.fill(range.segment.words, range.word, range.word + range.count, word);
        range.markWritten();
    }

    /** Some words of an allocation. */
    private record Range(Segment segment, int word, int count) {
        void markWritten() {
            segment.markWritten(word, count);
        }

        void copyTo(Range target) {
            System.arraycopy(segment.words, word, target.segment.words, target.word, count);
            if (segment.written != null && target.segment.written != null) {
                System.arraycopy(segment.written, word, target.segment.written, target.word, count);
            } else {
                target.markWritten();
            }
        }
    }

    private Range range(DevicePointer pointer, long bytes) {
        requireUsable();
        Segment segment = memory.find(pointer.address());
        long offset = segment == null ? 0 : pointer.address() - segment.base;
        if (segment == null || offset + bytes > segment.bytes) {
            throw new GpuException(name(), "copy of " + bytes + " bytes at " + pointer + ": "
                    + (segment == null ? "no memory of this device" : "the allocation has " + (segment.bytes - offset) + " bytes from there"));
        }
        if (((offset | bytes) & Integer.BYTES - 1) != 0) {
            throw new GpuException(name(), "copy of " + bytes + " bytes at " + pointer + ": expected multiples of 4");
        }
        return new Range(segment, (int) (offset >>> 2), (int) (bytes >>> 2));
    }

    @Override
    public void launch(GpuFunction function, LaunchGeometry geometry, GpuStream stream, Object... arguments) {
        requireUsable();
        if (!(function instanceof EmulatedFunction kernel) || kernel.module().driver() != this) {
            throw GpuException.ofLaunch(name(), function.name(), geometry, "not a kernel of this device");
        }
        kernel.check(arguments);
        int shared = kernel.code().sharedBytes() + geometry.sharedBytes();
        if (shared > SHARED_BYTES_PER_BLOCK) {
            throw GpuException.ofLaunch(name(), kernel.name(), geometry, "needs " + shared + " bytes of shared memory, a block has "
                    + SHARED_BYTES_PER_BLOCK);
        }
        try {
            long executed = new GridRun(kernel.code(), geometry, memory, kernel.parameters(arguments), instructionLimit).run(threads);
            laneInstructions += executed;
            listener.accept(new LaunchRecord(kernel.name(), geometry, executed));
        } catch (KernelFault fault) {
            failure = fault.getMessage();
            throw new GpuException(name(), "kernel " + kernel.name() + " (" + geometry + "): " + fault.getMessage(), fault);
        }
    }

    private void requireUsable() {
        if (failure != null) {
            throw new GpuException(name(), "the device failed before: " + failure);
        }
    }

    @Override
    public GpuStream defaultStream() {
        return defaultStream;
    }

    @Override
    public GpuStream createStream() {
        return new EmulatedStream(this);
    }

    @Override
    public GpuEvent createEvent() {
        return new EmulatedEvent(this);
    }

    @Override
    public void synchronize() {
        requireUsable();
    }

    @Override
    public void close() {
        memory.freeAll();
        threads.close();
    }
}
