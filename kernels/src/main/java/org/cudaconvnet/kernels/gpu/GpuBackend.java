package org.cudaconvnet.kernels.gpu;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.DeviceFacts;
import org.cudaconvnet.kernels.DeviceMark;
import org.cudaconvnet.kernels.DeviceMemory;
import org.cudaconvnet.kernels.HostMemory;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Operations;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuProperties;
import org.cudaconvnet.kernels.ptx.PtxModules;

/**
 * The CUDA kernels on a GPU, real or virtual. Operations are issued in one stream and may return before they are done.
 *
 * <p>With {@link Arithmetic#ROUNDED_2012} exp, log, pow and division are the hardware's approximate instructions, as in 2012, and
 * matrix products are accumulated in binary64, as the golden data hold them.
 */
public final class GpuBackend implements Backend {
    private final GpuDriver driver;
    private final Kernels kernels;
    private final HostCopies hostCopies;
    private final Operations operations;

    /** @param driver closed with this backend */
    public GpuBackend(GpuDriver driver, Set<Defect> defects, Arithmetic arithmetic) {
        this(driver, defects, arithmetic, PtxModules::text);
    }

    /**
     * With other PTX than the pinned one.
     *
     * @param modules the text of a module by its name
     */
    public GpuBackend(GpuDriver driver, Set<Defect> defects, Arithmetic arithmetic, UnaryOperator<String> modules) {
        this.driver = driver;
        this.hostCopies = new HostCopies(driver);
        this.kernels = new Kernels(driver, arithmetic, modules);
        ConvOperands operands = new ConvOperands(kernels);
        GpuElementwise elementwise = new GpuElementwise(kernels);
        Set<Defect> reproduced = Set.copyOf(defects);
        this.operations = new Operations(
                new GpuFilterActs(kernels, operands),
                new GpuImgActs(kernels, operands),
                new GpuWeightActs(kernels, operands),
                new GpuPooling(kernels),
                new GpuNormalization(kernels, reproduced),
                new GpuImageTransforms(kernels, elementwise),
                elementwise,
                new GpuReductions(kernels, elementwise, reproduced),
                new GpuNeurons(kernels, reproduced),
                new GpuCosts(kernels),
                new GpuDistributionCosts(kernels, reproduced),
                arithmetic == Arithmetic.ROUNDED_2012 ? new GpuRoundedMatrixProduct(kernels) : new GpuMatrixProduct(kernels),
                new GpuWeightUpdates(kernels));
    }

    @Override
    public String name() {
        return driver.name();
    }

    @Override
    public String description() {
        return driver.properties().toString();
    }

    @Override
    public DeviceFacts facts() {
        GpuProperties properties = driver.properties();
        return new DeviceFacts(properties.model(), properties.architecture(), properties.multiprocessors(), properties.clockKilohertz(),
                properties.memoryBytes(), properties.driver(), properties.cuda());
    }

    @Override
    public DeviceMemory allocate(long elements) {
        return new GpuMemory(driver, elements);
    }

    @Override
    public void upload(float[] source, Matrix target) {
        forEachRun(source, target, hostCopies::upload);
    }

    @Override
    public void download(Matrix source, float[] target) {
        forEachRun(target, source, (host, from, pointer, count) -> hostCopies.download(pointer, host, from, count));
    }

    private interface Copy {
        void copy(float[] host, int from, DevicePointer pointer, int count);
    }

    /** Once for a matrix without gaps, else once for each of its stored rows. */
    private void forEachRun(float[] host, Matrix matrix, Copy copy) {
        Shapes.requireHostArray(host, matrix);
        DevicePointer start = GpuMemory.pointer(matrix, driver);
        int runs = matrix.isContiguous() ? 1 : matrix.followingDim();
        int length = host.length / Math.max(1, runs);
        for (int i = 0; i < runs && length > 0; i++) {
            copy.copy(host, i * length, start.plusFloats((long) i * matrix.stride()), length);
        }
    }

    @Override
    public HostMemory allocateHost(int elements) {
        return driver.allocateHost(elements);
    }

    @Override
    public void upload(HostMemory source, Matrix target) {
        Shapes.requireHostMemory(source, target);
        driver.upload(source, GpuMemory.pointer(target, driver), Math.toIntExact(target.size()), driver.defaultStream());
    }

    @Override
    public void download(Matrix source, HostMemory target) {
        Shapes.requireHostMemory(target, source);
        driver.download(GpuMemory.pointer(source, driver), target, Math.toIntExact(source.size()), driver.defaultStream());
        driver.defaultStream().synchronize();
    }

    @Override
    public RandomStreams randomStreams(long seed) {
        return new GpuRandomStreams(kernels, seed);
    }

    @Override
    public boolean canCopyFrom(Backend peer) {
        return peer instanceof GpuBackend other && other.driver.getClass() == driver.getClass() && driver.canAccessPeer(other.driver);
    }

    @Override
    public void copyFrom(Backend peer, Matrix source, Matrix target) {
        Shapes.requireSameBlock(source, target);
        if (!canCopyFrom(peer)) {
            throw new IllegalArgumentException("copy from " + peer.name() + " to " + name() + ": no peer access");
        }
        GpuDriver owner = ((GpuBackend) peer).driver;
        if (source.size() > 0) {
            driver.copyFromPeer(owner, GpuMemory.pointer(source, owner), GpuMemory.pointer(target, driver), source.size() * Float.BYTES,
                    driver.defaultStream());
        }
    }

    @Override
    public void synchronize() {
        driver.synchronize();
    }

    @Override
    public DeviceMark mark() {
        return GpuMark.in(driver);
    }

    @Override
    public Operations operations() {
        return operations;
    }

    @Override
    public void close() {
        driver.close();
    }
}
