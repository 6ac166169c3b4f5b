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
