package org.cudaconvnet.kernels;

/**
 * Geometry of one convolution or locally connected layer input, by the original's names (spec: kernels-overview.md
 * sections 3 to 5 and 8).
 *
 * <p>Layouts, slowest dimension first: images (channel, y, x, image); conv filters (filterChannel, y, x, filter); local filters
 * (module, filterChannel, y, x, filter); hidActs (filter, moduleY, moduleX, image); weight gradients (chunk, filterChannel, y,
 * x, filter); sparse image gradients (sample, channel, y, x, image).
 *
 * @param imgSizeY         image rows
 * @param imgSizeX         image columns
 * @param numImgColors     channels of the images, all groups together
 * @param numFilters       filters, all groups together
 * @param filterSize       side of the square filters
 * @param numModulesY      rows of modules (filter positions)
 * @param numModulesX      columns of modules
 * @param paddingStart     coordinate of the first module's top and left edge, zero or negative
 * @param moduleStride     distance between modules, at most filterSize
 * @param numFilterColors  channels that one filter sees
 * @param numGroups        groups of filters
 * @param local            true if every module has filters of its own
 * @param colorIndices     null, or for random sparse connectivity the image channel that each filter channel of each group
 *                         reads, (numGroups, numFilterColors) row-major
 */
public record ConvGeometry(int imgSizeY, int imgSizeX, int numImgColors, int numFilters, int filterSize,
                           int numModulesY, int numModulesX, int paddingStart, int moduleStride,
                           int numFilterColors, int numGroups, boolean local, int[] colorIndices) {

    /** @throws IllegalArgumentException if modules do not cover the image or groups do not divide the channels or filters */
    public ConvGeometry {
        require(imgSizeY > 0 && imgSizeX > 0 && numImgColors > 0 && numFilters > 0 && filterSize > 0 && numModulesY > 0
                        && numModulesX > 0 && moduleStride > 0 && numFilterColors > 0 && numGroups > 0,
                "sizes must be positive: image %d x %d x %d, %d filters of %d x %d x %d, %d x %d modules, stride %d, %d groups",
                numImgColors, imgSizeY, imgSizeX, numFilters, numFilterColors, filterSize, filterSize, numModulesY, numModulesX,
                moduleStride, numGroups);
        require(paddingStart <= 0, "paddingStart = %d: expected zero or negative", paddingStart);
        require(moduleStride <= filterSize, "moduleStride = %d: expected at most filterSize = %d", moduleStride, filterSize);
        requireCovered("rows", imgSizeY, numModulesY, paddingStart, moduleStride, filterSize);
        requireCovered("columns", imgSizeX, numModulesX, paddingStart, moduleStride, filterSize);
        require(numFilters % (16 * numGroups) == 0, "numFilters = %d: expected a multiple of 16 * numGroups = %d", numFilters,
                16 * numGroups);
        require(numImgColors % numGroups == 0 || colorIndices != null, "numImgColors = %d: expected a multiple of numGroups = %d",
                numImgColors, numGroups);
        if (colorIndices == null) {
            require(numFilterColors * numGroups == numImgColors, "numFilterColors = %d: expected numImgColors / numGroups = %d / %d",
                    numFilterColors, numImgColors, numGroups);
        } else {
            requireSparse(numImgColors, numFilterColors, numGroups, colorIndices);
        }
    }

    private static void requireCovered(String axis, int imgSize, int numModules, int paddingStart, int moduleStride, int filterSize) {
        int end = paddingStart + (numModules - 1) * moduleStride + filterSize;
        require(end >= imgSize, "the modules end at %d of %d image %s: expected them to cover the image", end, imgSize, axis);
    }

    private static void requireSparse(int numImgColors, int numFilterColors, int numGroups, int[] colorIndices) {
        require(numGroups > 1, "numGroups = %d: expected more than one for random sparse connectivity", numGroups);
        require(numImgColors % numFilterColors == 0, "numFilterColors = %d: expected a divisor of numImgColors = %d", numFilterColors,
                numImgColors);
        require(numFilterColors * numGroups % numImgColors == 0,
                "numFilterColors * numGroups = %d: expected a multiple of numImgColors = %d", numFilterColors * numGroups, numImgColors);
        require(colorIndices.length == numGroups * numFilterColors, "%d colour indices: expected numGroups * numFilterColors = %d",
                colorIndices.length, numGroups * numFilterColors);
        for (int index : colorIndices) {
            require(index >= 0 && index < numImgColors, "colour index %d: expected 0 to %d", index, numImgColors - 1);
        }
    }

    private static void require(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new IllegalArgumentException("convolution: " + String.format(message, arguments));
        }
    }

    public int imgPixels() {
        return imgSizeY * imgSizeX;
    }

    public int filterPixels() {
        return filterSize * filterSize;
    }

    public int numModules() {
        return numModulesY * numModulesX;
    }

    public int filtersPerGroup() {
        return numFilters / numGroups;
    }

    public boolean isSparse() {
        return colorIndices != null;
    }

    /** How many groups see each image channel; 1 unless sparse. */
    public int overSample() {
        return isSparse() ? numFilterColors * numGroups / numImgColors : 1;
    }

    /** Rows of an image matrix. */
    public int imageRows() {
        return numImgColors * imgPixels();
    }

    /** Rows of the filter matrix; its columns are the filters. */
    public int filterRows() {
        return (local ? numModules() : 1) * numFilterColors * filterPixels();
    }

    /** Rows of the matrix of filter outputs. */
    public int hidActsRows() {
        return numFilters * numModules();
    }

    /** Rows of the image gradient, all samples together. */
    public int imgActsRows() {
        return overSample() * imageRows();
    }

    /** Image channel that filter channel {@code c} of {@code group} reads. */
    public int imageChannel(int group, int c) {
        return isSparse() ? colorIndices[group * numFilterColors + c] : group * numFilterColors + c;
    }
}
