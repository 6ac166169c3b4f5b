package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;

/** The convolutions as the spec's pseudo-code writes them, one output after the other. */
record ConvOracle(ConvGeometry geometry, int numImages) {
    /** Section 6 of kernels-filter-acts.md; padding steps are executed. */
    float filterAct(float[] images, int imgStride, float[] filters, int filter, int module, int image) {
        ConvGeometry g = geometry;
        int group = filter / g.filtersPerGroup();
        int together = g.numImgColors() <= 3 && !g.isSparse() ? g.numImgColors() : 2;
        float acc = 0f;
        for (int first = 0; first < g.numFilterColors(); first += together) {
            for (int tile = 0; tile < g.filterPixels(); tile += 4) {
                for (int c = first; c < first + together; c++) {
                    for (int p = tile; p < Math.min(tile + 4, g.filterPixels()); p++) {
                        float value = imageAt(images, imgStride, g.imageChannel(group, c), module, p, image);
                        acc = Math.fma(value, filters[weightRow(module, c, p) * g.numFilters() + filter], acc);
                    }
                }
            }
        }
        return acc;
    }

    /** Section 4 of kernels-img-acts.md, with every module tested for covering the pixel. */
    float imgAct(float[] hidActs, float[] filters, int group, int channel, int y, int x, int image) {
        ConvGeometry g = geometry;
        float acc = 0f;
        for (int module = 0; module < g.numModules(); module++) {
            int filterY = y - moduleY(module);
            int filterX = x - moduleX(module);
            if (filterY < 0 || filterY >= g.filterSize() || filterX < 0 || filterX >= g.filterSize()) {
                continue;
            }
            for (int f = group * g.filtersPerGroup(); f < (group + 1) * g.filtersPerGroup(); f++) {
                int row = weightRow(module, channel, filterY * g.filterSize() + filterX);
                acc = Math.fma(filters[row * g.numFilters() + f], hidActs[(f * g.numModules() + module) * numImages + image], acc);
            }
        }
        return acc;
    }

    /** Section 6 of kernels-weight-acts.md; padding steps are executed. */
    float weightAct(float[] images, int imgStride, float[] hidActs, int partialSum, int chunk, int channel, int pixel, int filter) {
        ConvGeometry g = geometry;
        int imageChannel = g.imageChannel(filter / g.filtersPerGroup(), channel);
        float acc = 0f;
        for (int module = chunk * partialSum; module < (chunk + 1) * partialSum; module++) {
            for (int image = 0; image < numImages; image++) {
                acc = Math.fma(imageAt(images, imgStride, imageChannel, module, pixel, image),
                        hidActs[(filter * g.numModules() + module) * numImages + image], acc);
            }
        }
        return acc;
    }

    static float scaled(float acc, float old, float scaleTargets, float scaleOutput) {
        return scaleTargets == 0f ? scaleOutput * acc : Math.fma(old, scaleTargets, scaleOutput * acc);
    }

    private int weightRow(int module, int channel, int pixel) {
        int row = channel * geometry.filterPixels() + pixel;
        return geometry.local() ? module * geometry.numFilterColors() * geometry.filterPixels() + row : row;
    }

    private float imageAt(float[] images, int imgStride, int channel, int module, int pixel, int image) {
        int y = moduleY(module) + pixel / geometry.filterSize();
        int x = moduleX(module) + pixel % geometry.filterSize();
        boolean inside = y >= 0 && y < geometry.imgSizeY() && x >= 0 && x < geometry.imgSizeX();
        return inside ? images[((channel * geometry.imgSizeY() + y) * geometry.imgSizeX() + x) * imgStride + image] : 0f;
    }

    private int moduleY(int module) {
        return geometry.paddingStart() + module / geometry.numModulesX() * geometry.moduleStride();
    }

    private int moduleX(int module) {
        return geometry.paddingStart() + module % geometry.numModulesX() * geometry.moduleStride();
    }
}
