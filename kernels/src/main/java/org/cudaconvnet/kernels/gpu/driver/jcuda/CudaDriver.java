package org.cudaconvnet.kernels.gpu.driver.jcuda;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.cudaconvnet.kernels.HostMemory;
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

/**
 * A CUDA device in a context of its own, so that closing it frees whatever is left on the device.
 *
 * <p>A fault in a kernel surfaces at some later call; the message then names the kernel launched last. With the driver's
 * environment variable {@code CUDA_LAUNCH_BLOCKING=1} that is the faulty one.
 */
public final class CudaDriver implements GpuDriver {
    private final int ordinal;
    private final GpuProperties properties;
    private final CUcontext context = new CUcontext();
    /** The null stream. */
    private final GpuStream defaultStream = new CudaStream(this, null);
    private final Set<GpuDriver> peersAsked = new HashSet<>();
    /** Launched since the device was last known to be good, with its geometry; null if nothing was. */
    private GpuFunction lastFunction;
    private LaunchGeometry lastGeometry;

    private CudaDriver(int ordinal) {
        this.ordinal = ordinal;
        properties = CudaLibrary.properties(ordinal);
        check(JCudaDriver.cuCtxCreate(context, 0, CudaLibrary.device(ordinal)), "opening");
    }

    /**
     * Opens device {@code ordinal}.
     *
     * @throws org.cudaconvnet.kernels.DeviceException if there is no CUDA driver or no such device
     */
    public static CudaDriver open(int ordinal) {
        return new CudaDriver(ordinal);
    }

    /** Makes the calls that follow in this thread go to this device. */
    void enter() {
        check(JCudaDriver.cuCtxSetCurrent(context), "selecting the device");
    }

    void check(int result, String action) {
        if (result != CUresult.CUDA_SUCCESS) {
            throw new GpuException(name(), action + ": " + CUresult.stringFor(result) + lastLaunch());
        }
    }

    private String lastLaunch() {
        return lastFunction == null ? "" : ", last launch: kernel " + lastFunction.name() + " (" + lastGeometry + ")";
    }

    @Override
    public String name() {
        return "cuda:" + ordinal;
    }

    @Override
    public GpuProperties properties() {
        return properties;
    }

    @Override
    public MemoryInfo memoryInfo() {
        enter();
        long[] free = new long[1];
        long[] total = new long[1];
        check(JCudaDriver.cuMemGetInfo(free, total), "memory information");
        return new MemoryInfo(free[0], total[0]);
    }

    @Override
    public GpuModule load(String name, String ptx) {
        KernelParameters parameters = KernelParameters.of(ptx);
        enter();
        CUmodule module = new CUmodule();
        // The driver reads up to a zero byte.
        byte[] image = (ptx + '\0').getBytes(StandardCharsets.US_ASCII);
        check(JCudaDriver.cuModuleLoadData(module, image), "loading module " + name);
        return new CudaModule(this, name, parameters, module);
    }

    @Override
    public DevicePointer allocate(long bytes) {
        enter();
        DeviceAddress address = new DeviceAddress();
        int result = JCudaDriver.cuMemAlloc(address, bytes);
        if (result == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
            MemoryInfo memory = memoryInfo();
            throw new GpuException(name(), "out of memory: asked for " + bytes + " bytes, " + memory.freeBytes() + " of "
                    + memory.totalBytes() + " are free");
        }
        check(result, "allocating " + bytes + " bytes");
        return address.pointer();
    }

    @Override
    public void free(DevicePointer pointer) {
        synchronize();
        check(JCudaDriver.cuMemFree(new DeviceAddress(pointer)), "freeing " + pointer);
    }

    @Override
    public void upload(float[] source, int from, DevicePointer target, int count) {
        upload(elements(Pointer.to(source), source.length, from, count), target, count);
    }

    @Override
    public void upload(int[] source, int from, DevicePointer target, int count) {
        upload(elements(Pointer.to(source), source.length, from, count), target, count);
    }

    private void upload(Pointer source, DevicePointer target, int count) {
        // A copy of the null stream would not wait for the other streams.
        synchronize();
        check(JCudaDriver.cuMemcpyHtoD(new DeviceAddress(target), source, (long) count * Float.BYTES), "copy to the device");
    }

    @Override
    public void download(DevicePointer source, float[] target, int from, int count) {
        download(source, elements(Pointer.to(target), target.length, from, count), count);
    }

    @Override
    public void download(DevicePointer source, int[] target, int from, int count) {
        download(source, elements(Pointer.to(target), target.length, from, count), count);
    }

    private void download(DevicePointer source, Pointer target, int count) {
        synchronize();
        check(JCudaDriver.cuMemcpyDtoH(target, new DeviceAddress(source), (long) count * Float.BYTES), "copy to the host");
    }

    /** Elements {@code from} and on of a host array of 4-byte elements. */
    private static Pointer elements(Pointer array, int length, int from, int count) {
        Objects.checkFromIndexSize(from, count, length);
        return array.withByteOffset((long) from * Float.BYTES);
    }

    @Override
    public HostMemory allocateHost(int elements) {
        enter();
        long bytes = (long) elements * Float.BYTES;
        Pointer memory = new Pointer();
        // Portable: page-locked for the contexts of all devices, not only for this one.
        check(JCudaDriver.cuMemHostAlloc(memory, bytes, JCudaDriver.CU_MEMHOSTALLOC_PORTABLE), "page-locking " + bytes + " bytes of host memory");
        return new CudaHostMemory(this, memory, memory.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer());
    }

    @Override
    public void upload(HostMemory source, DevicePointer target, int count, GpuStream stream) {
        enter();
        check(JCudaDriver.cuMemcpyHtoDAsync(new DeviceAddress(target), elements(source, count), (long) count * Float.BYTES, handle(stream)),
                "copy to the device");
    }

    @Override
    public void download(DevicePointer source, HostMemory target, int count, GpuStream stream) {
        enter();
        check(JCudaDriver.cuMemcpyDtoHAsync(elements(target, count), new DeviceAddress(source), (long) count * Float.BYTES, handle(stream)),
                "copy to the host");
    }

    /** The driver knows from the address whether memory is page-locked; other memory it copies as well, though not while other work goes on. */
    private static Pointer elements(HostMemory memory, int count) {
        Objects.checkFromIndexSize(0, count, memory.values().capacity());
        return Pointer.to(memory.values());
    }

    @Override
    public void copy(DevicePointer source, DevicePointer target, long bytes, GpuStream stream) {
        enter();
        check(JCudaDriver.cuMemcpyDtoDAsync(new DeviceAddress(target), new DeviceAddress(source), bytes, handle(stream)),
                "copy on the device");
    }

    @Override
    public void copyFromPeer(GpuDriver peer, DevicePointer source, DevicePointer target, long bytes, GpuStream stream) {
        CudaDriver owner = (CudaDriver) peer;
        if (peersAsked.add(owner)) {
            // Either device may be the one that moves the bytes, and access is granted in one direction at a time.
            owner.enableAccessTo(this);
            enableAccessTo(owner);
        }
        enter();
        check(JCudaDriver.cuMemcpyPeerAsync(new DeviceAddress(target), context, new DeviceAddress(source), owner.context, bytes,
                handle(stream)), "copy from " + owner.name());
    }

    private void enableAccessTo(CudaDriver peer) {
        if (canAccessPeer(peer)) {
            enter();
            int result = JCudaDriver.cuCtxEnablePeerAccess(peer.context, 0);
            if (result != CUresult.CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED) {
                check(result, "access to " + peer.name());
            }
        }
    }

    @Override
    public boolean canAccessPeer(GpuDriver peer) {
        int other = ((CudaDriver) peer).ordinal;
        return other != ordinal && CudaLibrary.canAccessPeer(ordinal, other);
    }

    @Override
    public void fill(DevicePointer target, int word, long words, GpuStream stream) {
        enter();
        check(JCudaDriver.cuMemsetD32Async(new DeviceAddress(target), word, words, handle(stream)), "fill");
    }

    @Override
    public void launch(GpuFunction function, LaunchGeometry geometry, GpuStream stream, Object... arguments) {
        CudaFunction kernel = (CudaFunction) function;
        kernel.module().parameters().check(kernel.name(), arguments);
        Pointer parameters = Pointer.to(Arrays.stream(arguments).map(CudaDriver::parameter).toArray(Pointer[]::new));
        enter();
        int result = CUresult.CUDA_SUCCESS;
        if (geometry.sharedBytes() > properties.sharedBytesPerBlock()) {
            result = JCudaDriver.cuFuncSetAttribute(kernel.handle(),
                    CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, geometry.sharedBytes());
        }
        if (result == CUresult.CUDA_SUCCESS) {
            result = JCudaDriver.cuLaunchKernel(kernel.handle(), geometry.gridX(), geometry.gridY(), geometry.gridZ(),
                    geometry.blockX(), geometry.blockY(), geometry.blockZ(), geometry.sharedBytes(), handle(stream), parameters, null);
        }
        if (result != CUresult.CUDA_SUCCESS) {
            throw GpuException.ofLaunch(name(), kernel.name(), geometry, CUresult.stringFor(result) + lastLaunch());
        }
        lastFunction = function;
        lastGeometry = geometry;
    }

    /** A pointer to the value that the driver copies. */
    private static Pointer parameter(Object argument) {
        if (argument instanceof DevicePointer pointer) {
            return Pointer.to(new long[] {pointer.address()});
        }
        if (argument instanceof Integer number) {
            return Pointer.to(new int[] {number});
        }
        if (argument instanceof Float number) {
            return Pointer.to(new float[] {number});
        }
        return argument instanceof Long number ? Pointer.to(new long[] {number}) : Pointer.to(new double[] {(Double) argument});
    }

    private static CUstream handle(GpuStream stream) {
        return ((CudaStream) stream).handle();
    }

    @Override
    public GpuStream defaultStream() {
        return defaultStream;
    }

    @Override
    public GpuStream createStream() {
        enter();
        CUstream stream = new CUstream();
        // Other streams would wait for the null stream.
        check(JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING), "creating a stream");
        return new CudaStream(this, stream);
    }

    @Override
    public GpuEvent createEvent() {
        enter();
        CUevent event = new CUevent();
        check(JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DEFAULT), "creating an event");
        return new CudaEvent(this, event);
    }

    @Override
    public void synchronize() {
        enter();
        check(JCudaDriver.cuCtxSynchronize(), "waiting for the device");
        lastFunction = null;
    }

    @Override
    public void close() {
        check(JCudaDriver.cuCtxDestroy(context), "closing");
    }
}
