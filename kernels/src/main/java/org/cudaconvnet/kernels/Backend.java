package org.cudaconvnet.kernels;

/**
 * One device as the engine sees it: its memory and every operation of the 2012 kernels.
 *
 * <p>Every operation has one written order of arithmetic (spec: kernels-reproduction-notes.md, design: section 2), so the
 * result has the same bits on every backend, whatever the number of threads. All operations need matrices that this backend
 * allocated; shapes are checked and an {@link IllegalArgumentException} names what was found and what was expected. No
 * operation resizes a matrix: targets have their final shape.
 */
public interface Backend extends AutoCloseable {
    /** Name such as {@code cpu:0}. */
    String name();

    /** One line for people: processor or GPU, threads or driver, instruction set. */
    String description();

    DeviceFacts facts();

    /** Uninitialised memory. */
    DeviceMemory allocate(long elements);

    default Matrix allocate(int rows, int cols, boolean transposed) {
        return Matrix.of(allocate((long) rows * cols), rows, cols, transposed);
    }

    /**
     * Copies host elements, given in the matrix' own storage order without gaps, into {@code target}, in order with this device's
     * operations. The array may be changed as soon as the call returns.
     */
    void upload(float[] source, Matrix target);

    /** Copies {@code source} in its own storage order without gaps to {@code target}. */
    void download(Matrix source, float[] target);

    /** Host memory that this device copies to and from fastest: page-locked for a real GPU. Other devices can copy to and from it as well. */
    HostMemory allocateHost(int elements);

    /**
     * Copies the first elements of host memory into {@code target}, which has no gaps, in order with this device's operations. May return
     * before that is done: until {@link #synchronize} the elements must not be changed nor freed.
     */
    void upload(HostMemory source, Matrix target);

    /** Copies {@code source}, which has no gaps, to the start of host memory; done when the call returns. */
    void download(Matrix source, HostMemory target);

    /** New random number generators on this device, seeded as {@link RandomStreams#seed} says. */
    RandomStreams randomStreams(long seed);

    /** True if {@link #copyFrom} can read the memory of {@code peer}; otherwise data go by way of the host. */
    boolean canCopyFrom(Backend peer);

    /**
     * Copies a matrix of another device into one of this device, in order with this device's operations; what {@code peer} does to
     * {@code source} has to be finished. Both have the same shape and storage order, without gaps.
     *
     * @throws IllegalArgumentException if {@link #canCopyFrom} is false or the matrices do not fit
     */
    void copyFrom(Backend peer, Matrix source, Matrix target);

    /** Waits until every operation issued so far is done. */
    void synchronize();

    /** A mark behind every operation issued so far. */
    DeviceMark mark();

    Operations operations();

    default FilterActs filterActs() {
        return operations().filterActs();
    }

    default ImgActs imgActs() {
        return operations().imgActs();
    }

    default WeightActs weightActs() {
        return operations().weightActs();
    }

    default Pooling pooling() {
        return operations().pooling();
    }

    default Normalization normalization() {
        return operations().normalization();
    }

    default ImageTransforms imageTransforms() {
        return operations().imageTransforms();
    }

    default Elementwise elementwise() {
        return operations().elementwise();
    }

    default Reductions reductions() {
        return operations().reductions();
    }

    default Neurons neurons() {
        return operations().neurons();
    }

    default Costs costs() {
        return operations().costs();
    }

    default DistributionCosts distributionCosts() {
        return operations().distributionCosts();
    }

    default MatrixProduct matrixProduct() {
        return operations().matrixProduct();
    }

    default WeightUpdates weightUpdates() {
        return operations().weightUpdates();
    }

    @Override
    void close();

    /** The matrix in row-major logical order, whatever its storage order. */
    default float[] downloadRowMajor(Matrix source) {
        Matrix rowMajor = allocate(source.rows(), source.cols(), false);
        elementwise().copy(source, rowMajor);
        float[] values = new float[Math.toIntExact(source.size())];
        download(rowMajor, values);
        rowMajor.memory().close();
        return values;
    }
}
