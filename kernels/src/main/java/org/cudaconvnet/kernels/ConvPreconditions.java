package org.cudaconvnet.kernels;

/**
 * What each convolution family demands of its matrices and channels beyond {@link ConvGeometry} (spec: kernels-overview.md
 * section 8); every backend checks the same.
 */
public final class ConvPreconditions {
    private ConvPreconditions() {
    }

    /** Channels: up to 3 or even; even per group if grouped or sparse. */
    public static void checkFilterActs(Matrix images, Matrix filters, Matrix targets, ConvGeometry geometry) {
        checkChannels("filterActs", geometry, 2, 1);
        checkShape("images", images, geometry.imageRows(), images.cols());
        checkDense("filters", filters, geometry.filterRows(), geometry.numFilters());
        checkDense("targets", targets, geometry.hidActsRows(), images.cols());
    }

    /** Channels: up to 3 or even; per group a multiple of 4, or if sparse an even number above 3. */
    public static void checkImgActs(Matrix hidActs, Matrix filters, Matrix targets, ConvGeometry geometry) {
        checkChannels("imgActs", geometry, geometry.isSparse() || geometry.numGroups() == 1 ? 2 : 4, geometry.isSparse() ? 4 : 1);
        checkDense("hidActs", hidActs, geometry.hidActsRows(), hidActs.cols());
        checkDense("filters", filters, geometry.filterRows(), geometry.numFilters());
        checkDense("targets", targets, geometry.imgActsRows(), hidActs.cols());
        if (geometry.isSparse()) {
            checkPermutations(geometry);
        }
    }

    /** Channels: up to 3 or a multiple of 4; per group a multiple of 4 if grouped or sparse. */
    public static void checkWeightActs(Matrix images, Matrix hidActs, Matrix targets, ConvGeometry geometry, int partialSum) {
        checkChannels("weightActs", geometry, 4, 1);
        int modules = geometry.numModules();
        if (partialSum < 1 || modules % partialSum != 0) {
            throw new IllegalArgumentException("weightActs: partialSum = " + partialSum + ": expected 0 or a divisor of the "
                    + modules + " modules");
        }
        int filterRows = geometry.numFilterColors() * geometry.filterPixels();
        checkShape("images", images, geometry.imageRows(), images.cols());
        checkDense("hidActs", hidActs, geometry.hidActsRows(), images.cols());
        checkDense("targets", targets, modules / partialSum * filterRows, geometry.numFilters());
    }

    private static void checkChannels(String operation, ConvGeometry geometry, int multiple, int atLeast) {
        int channels = geometry.numFilterColors();
        boolean few = geometry.numGroups() == 1 && channels <= 3;
        if (!few && channels % multiple != 0 || channels < atLeast) {
            throw new IllegalArgumentException(operation + ": numFilterColors = " + channels + " with " + geometry.numGroups()
                    + " groups: expected a multiple of " + multiple + (atLeast > 1 ? ", at least " + atLeast : "")
                    + (geometry.numGroups() == 1 ? ", or at most 3" : ""));
        }
    }

    /** Each sample's groups must write every channel once, or some image gradients would stay unwritten. */
    private static void checkPermutations(ConvGeometry geometry) {
        int channels = geometry.numImgColors();
        for (int sample = 0; sample < geometry.overSample(); sample++) {
            boolean[] seen = new boolean[channels];
            for (int i = 0; i < channels; i++) {
                int channel = geometry.colorIndices()[sample * channels + i];
                if (seen[channel]) {
                    throw new IllegalArgumentException("imgActs: colour index " + channel + " occurs twice in sample " + sample
                            + ": expected a permutation of 0 to " + (channels - 1));
                }
                seen[channel] = true;
            }
        }
    }

    private static void checkDense(String what, Matrix matrix, int rows, int cols) {
        checkShape(what, matrix, rows, cols);
        if (!matrix.isContiguous()) {
            throw new IllegalArgumentException(what + " is " + matrix + ": expected no gaps between rows");
        }
    }

    private static void checkShape(String what, Matrix matrix, int rows, int cols) {
        if (matrix.rows() != rows || matrix.cols() != cols || matrix.isTransposed()) {
            throw new IllegalArgumentException(what + " is " + matrix + ": expected " + rows + " x " + cols + " row-major");
        }
    }
}
