package org.cudaconvnet.kernels;

/**
 * A binary32 matrix in the memory of one device.
 *
 * <p>Storage order as in the original (spec: kernels-overview.md section 2): row-major (not transposed, leading
 * dimension = columns) or column-major (transposed, leading dimension = rows). Images are columns: an image matrix is
 * (channel, y, x) rows by image columns, row-major, so the image index is the fastest.
 *
 * <p>A matrix is a view: {@link #transposedView()}, {@link #reshaped} and {@link #columns} share the memory. Only views
 * made by {@link #columns} or {@link #rowRange} of a transposed matrix can have a stride larger than the leading dimension.
 */
public final class Matrix {
    private final DeviceMemory memory;
    private final long offset;
    private final int rows;
    private final int cols;
    private final int stride;
    private final boolean transposed;

    public Matrix(DeviceMemory memory, long offset, int rows, int cols, int stride, boolean transposed) {
        int leading = transposed ? rows : cols;
        int following = transposed ? cols : rows;
        if (rows < 0 || cols < 0 || stride < leading) {
            throw new IllegalArgumentException("matrix of " + rows + " x " + cols + " with stride " + stride);
        }
        long end = following == 0 || leading == 0 ? offset : offset + (long) (following - 1) * stride + leading;
        if (offset < 0 || end > memory.length()) {
            throw new IllegalArgumentException("matrix of " + rows + " x " + cols + ", offset " + offset + ", stride "
                    + stride + " does not fit into a memory of " + memory.length() + " elements");
        }
        this.memory = memory;
        this.offset = offset;
        this.rows = rows;
        this.cols = cols;
        this.stride = stride;
        this.transposed = transposed;
    }

    /** A contiguous matrix at the start of {@code memory}. */
    public static Matrix of(DeviceMemory memory, int rows, int cols, boolean transposed) {
        return new Matrix(memory, 0, rows, cols, transposed ? rows : cols, transposed);
    }

    public DeviceMemory memory() {
        return memory;
    }

    /** Elements before element (0, 0) in {@link #memory()}. */
    public long offset() {
        return offset;
    }

    public int rows() {
        return rows;
    }

    public int cols() {
        return cols;
    }

    /** Distance in elements between neighbours along the following dimension. */
    public int stride() {
        return stride;
    }

    /** True if column-major. */
    public boolean isTransposed() {
        return transposed;
    }

    /** Length of the contiguous direction. */
    public int leadingDim() {
        return transposed ? rows : cols;
    }

    public int followingDim() {
        return transposed ? cols : rows;
    }

    public long size() {
        return (long) rows * cols;
    }

    public boolean isContiguous() {
        return stride == leadingDim() || followingDim() <= 1;
    }

    public boolean sameShape(Matrix other) {
        return rows == other.rows && cols == other.cols;
    }

    /** The soft transpose: same memory, dimensions swapped, the other storage order. */
    public Matrix transposedView() {
        return new Matrix(memory, offset, cols, rows, stride, !transposed);
    }

    /** The same contiguous memory with another shape and the same storage order. */
    public Matrix reshaped(int newRows, int newCols) {
        if (!isContiguous() || (long) newRows * newCols != size()) {
            throw new IllegalArgumentException("cannot reshape " + this + " to " + newRows + " x " + newCols);
        }
        return new Matrix(memory, offset, newRows, newCols, transposed ? newRows : newCols, transposed);
    }

    /** Columns {@code from} (inclusive) to {@code to} (exclusive). */
    public Matrix columns(int from, int to) {
        if (from < 0 || to < from || to > cols) {
            throw new IllegalArgumentException("columns " + from + " to " + to + " of " + this);
        }
        return new Matrix(memory, offset + (transposed ? (long) from * stride : from), rows, to - from, stride, transposed);
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
    public Matrix rowRange(int from, int to) {
        return transposedView().columns(from, to).transposedView();
    }

    @Override
    public String toString() {
        return rows + " x " + cols + (transposed ? " column-major" : " row-major") + (isContiguous() ? "" : " stride " + stride);
    }
}
