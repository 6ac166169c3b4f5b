package org.cudaconvnet.kernels.gpu;

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
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;

/**
 * The CUDA kernels on a GPU, real or virtual. Operations are issued in one stream and may return before they are done.
 *
 * <p>With {@link Arithmetic#ROUNDED_2012} exp, log, pow and division are the hardware's approximate instructions, as in 2012; the
 * matrix product stays the chain of {@link MatrixProduct}.
 */
public final class GpuBackend implements Backend {
    private final GpuDriver driver;
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

    /** @param driver closed with this backend */
    public GpuBackend(GpuDriver driver, Set<Defect> defects, Arithmetic arithmetic) {
        this.driver = driver;
        Kernels kernels = new Kernels(driver, arithmetic);
        ConvOperands operands = new ConvOperands(kernels);
        GpuElementwise gpuElementwise = new GpuElementwise(kernels);
        filterActs = new GpuFilterActs(kernels, operands);
        imgActs = new GpuImgActs(kernels, operands);
        weightActs = new GpuWeightActs(kernels, operands);
        pooling = new GpuPooling(kernels);
        normalization = new GpuNormalization(kernels, defects);
        imageTransforms = new GpuImageTransforms(kernels, gpuElementwise);
        elementwise = gpuElementwise;
        reductions = new GpuReductions(kernels, gpuElementwise, defects);
        neurons = new GpuNeurons(kernels, defects);
        costs = new GpuCosts(kernels);
        matrixProduct = new GpuMatrixProduct(kernels);
        weightUpdates = new GpuWeightUpdates(kernels);
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
    public DeviceMemory allocate(long elements) {
        return new GpuMemory(driver, elements);
    }

    @Override
    public void upload(float[] source, Matrix target) {
        forEachRun(source, target, driver::upload);
    }

    @Override
    public void download(Matrix source, float[] target) {
        forEachRun(target, source, (host, from, pointer, count) -> driver.download(pointer, host, from, count));
    }

    private interface Copy {
        void copy(float[] host, int from, DevicePointer pointer, int count);
    }

    /** Once for a matrix without gaps, else once for each of its stored rows. */
    private void forEachRun(float[] host, Matrix matrix, Copy copy) {
        if (host.length != matrix.size()) {
            throw new IllegalArgumentException("host array of " + host.length + " elements for a matrix of " + matrix);
        }
        DevicePointer start = GpuMemory.pointer(matrix, driver);
        int runs = matrix.isContiguous() ? 1 : matrix.followingDim();
        int length = host.length / Math.max(1, runs);
        for (int i = 0; i < runs && length > 0; i++) {
            copy.copy(host, i * length, start.plusFloats((long) i * matrix.stride()), length);
        }
    }

    @Override
    public void synchronize() {
        driver.synchronize();
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
        driver.close();
    }
}
