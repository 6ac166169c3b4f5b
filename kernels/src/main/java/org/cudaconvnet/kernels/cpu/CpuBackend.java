package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Costs;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.DeviceMemory;
import org.cudaconvnet.kernels.Elementwise;
import org.cudaconvnet.kernels.FilterActs;
import org.cudaconvnet.kernels.ImageTransforms;
import org.cudaconvnet.kernels.ImgActs;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.MatrixProduct;
import org.cudaconvnet.kernels.Neurons;
import org.cudaconvnet.kernels.Normalization;
import org.cudaconvnet.kernels.Pooling;
import org.cudaconvnet.kernels.Reductions;
import org.cudaconvnet.kernels.WeightActs;
import org.cudaconvnet.kernels.WeightUpdates;

/** The Java executor of every operation. */
public final class CpuBackend implements Backend {
    private final String name;
    private final CpuThreads threads;
    private final Set<Defect> defects;
    private final FilterActs filterActs;
    private final ImgActs imgActs;
    private final WeightActs weightActs;
    private final Pooling pooling;
    private final Normalization normalization;
    private final ImageTransforms imageTransforms;
    private final Elementwise elementwise;
    private final Reductions reductions;
    private final Neurons neurons;
    private final Costs costs;
    private final MatrixProduct matrixProduct;
    private final WeightUpdates weightUpdates;

    public CpuBackend(String name, int threads, Set<Defect> defects) {
        this(name, threads, defects, Arithmetic.PORTABLE);
    }

    public CpuBackend(String name, int threads, Set<Defect> defects, Arithmetic arithmetic) {
        this.name = name;
        this.threads = new CpuThreads(threads);
        this.defects = Set.copyOf(defects);
        boolean portable = arithmetic == Arithmetic.PORTABLE;
        ElementFunctions functions = ElementFunctions.of(arithmetic);
        ElementLoops loops = portable ? ElementLoops.preferred() : new ScalarElementLoops(functions);
        this.filterActs = new CpuFilterActs(this.threads);
        this.imgActs = new CpuImgActs(this.threads);
        this.weightActs = new CpuWeightActs(this.threads);
        this.pooling = new CpuPooling(this.threads);
        this.normalization = new CpuNormalization(this.threads, loops, this.defects);
        this.imageTransforms = new CpuImageTransforms(this.threads, functions);
        this.elementwise = new CpuElementwise(this.threads, loops);
        this.reductions = new CpuReductions(this.threads, loops, this.defects);
        this.neurons = new CpuNeurons(this.threads, loops, this.defects);
        this.costs = new CpuCosts(this.threads, loops);
        this.matrixProduct = portable ? new CpuMatrixProduct(this.threads, loops, FmaTile.preferred())
                : new RoundedMatrixProduct(this.threads);
        this.weightUpdates = new CpuWeightUpdates(this.threads, loops);
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
    public DeviceMemory allocate(long elements) {
        return new CpuMemory(Math.toIntExact(elements));
    }

    @Override
    public void upload(float[] source, Matrix target) {
        checkHostArray(source, target);
        int leading = target.leadingDim();
        for (int i = 0; i < target.followingDim(); i++) {
            System.arraycopy(source, i * leading, CpuMemory.values(target), (int) target.offset() + i * target.stride(), leading);
        }
    }

    @Override
    public void download(Matrix source, float[] target) {
        checkHostArray(target, source);
        int leading = source.leadingDim();
        for (int i = 0; i < source.followingDim(); i++) {
            System.arraycopy(CpuMemory.values(source), (int) source.offset() + i * source.stride(), target, i * leading, leading);
        }
    }

    private static void checkHostArray(float[] host, Matrix matrix) {
        if (host.length != matrix.size()) {
            throw new IllegalArgumentException("host array of " + host.length + " elements for a matrix of " + matrix);
        }
    }

    /** Operations run on the caller's thread and return when done. */
    @Override
    public void synchronize() {
    }

    @Override
    public FilterActs filterActs() {
        return filterActs;
    }

    @Override
    public ImgActs imgActs() {
        return imgActs;
    }

    @Override
    public WeightActs weightActs() {
        return weightActs;
    }

    @Override
    public Pooling pooling() {
        return pooling;
    }

    @Override
    public Normalization normalization() {
        return normalization;
    }

    @Override
    public ImageTransforms imageTransforms() {
        return imageTransforms;
    }

    @Override
    public Elementwise elementwise() {
        return elementwise;
    }

    @Override
    public Reductions reductions() {
        return reductions;
    }

    @Override
    public Neurons neurons() {
        return neurons;
    }

    @Override
    public Costs costs() {
        return costs;
    }

    @Override
    public MatrixProduct matrixProduct() {
        return matrixProduct;
    }

    @Override
    public WeightUpdates weightUpdates() {
        return weightUpdates;
    }

    @Override
    public void close() {
        threads.close();
    }
}
