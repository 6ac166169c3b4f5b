package org.cudaconvnet.kernels.cpu;

import java.util.Set;
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

/** The Java executor of every operation. */
public final class CpuBackend implements Backend {
    private final String name;
    private final CpuThreads threads;
    private final ElementLoops loops;
    private final Operations operations;

    public CpuBackend(String name, int threads, Set<Defect> defects) {
        this(name, threads, defects, Arithmetic.PORTABLE);
    }

    public CpuBackend(String name, int threads, Set<Defect> defects, Arithmetic arithmetic) {
        this.name = name;
        this.threads = new CpuThreads(threads);
        boolean portable = arithmetic == Arithmetic.PORTABLE;
        ElementFunctions functions = ElementFunctions.of(arithmetic);
        this.loops = portable ? ElementLoops.preferred() : new ScalarElementLoops(functions);
        Set<Defect> reproduced = Set.copyOf(defects);
        this.operations = new Operations(
                new CpuFilterActs(this.threads),
                new CpuImgActs(this.threads),
                new CpuWeightActs(this.threads),
                new CpuPooling(this.threads),
                new CpuNormalization(this.threads, loops, reproduced),
                new CpuImageTransforms(this.threads, functions),
                new CpuElementwise(this.threads, loops),
                new CpuReductions(this.threads, loops, reproduced),
                new CpuNeurons(this.threads, loops, reproduced),
                new CpuCosts(this.threads, loops),
                new CpuDistributionCosts(this.threads, functions, reproduced),
                portable ? new CpuMatrixProduct(this.threads, loops, FmaTile.preferred()) : new RoundedMatrixProduct(this.threads),
                new CpuWeightUpdates(this.threads, loops));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "Java " + Runtime.version().feature() + ", " + threads.count() + " threads";
    }

    @Override
    public DeviceFacts facts() {
        return new DeviceFacts(Processor.name(), System.getProperty("os.arch"), threads.count(), 0, Runtime.getRuntime().maxMemory(),
                "Java " + Runtime.version().feature(), null);
    }

    @Override
    public DeviceMemory allocate(long elements) {
        return new CpuMemory(Math.toIntExact(elements));
    }

    @Override
    public void upload(float[] source, Matrix target) {
        Shapes.requireHostArray(source, target);
        int leading = target.leadingDim();
        for (int i = 0; i < target.followingDim(); i++) {
            System.arraycopy(source, i * leading, CpuMemory.values(target), (int) target.offset() + i * target.stride(), leading);
        }
    }

    @Override
    public void download(Matrix source, float[] target) {
        Shapes.requireHostArray(target, source);
        int leading = source.leadingDim();
        for (int i = 0; i < source.followingDim(); i++) {
            System.arraycopy(CpuMemory.values(source), (int) source.offset() + i * source.stride(), target, i * leading, leading);
        }
    }

    @Override
    public HostMemory allocateHost(int elements) {
        return HostMemory.plain(elements);
    }

    @Override
    public void upload(HostMemory source, Matrix target) {
        Shapes.requireHostMemory(source, target);
        source.values().get(0, CpuMemory.values(target), (int) target.offset(), Math.toIntExact(target.size()));
    }

    @Override
    public void download(Matrix source, HostMemory target) {
        Shapes.requireHostMemory(target, source);
        target.values().put(0, CpuMemory.values(source), (int) source.offset(), Math.toIntExact(source.size()));
    }

    @Override
    public RandomStreams randomStreams(long seed) {
        return new CpuRandomStreams(threads, XorwowLoops.preferred(), loops, seed);
    }

    @Override
    public boolean canCopyFrom(Backend peer) {
        return peer instanceof CpuBackend;
    }

    @Override
    public void copyFrom(Backend peer, Matrix source, Matrix target) {
        Shapes.requireSameBlock(source, target);
        System.arraycopy(CpuMemory.values(source), (int) source.offset(), CpuMemory.values(target), (int) target.offset(),
                Math.toIntExact(source.size()));
    }

    /** Operations run on the caller's thread and return when done. */
    @Override
    public void synchronize() {
    }

    @Override
    public DeviceMark mark() {
        return new CpuMark(System.nanoTime());
    }

    @Override
    public Operations operations() {
        return operations;
    }

    @Override
    public void close() {
        threads.close();
    }
}
