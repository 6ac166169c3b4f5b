package org.cudaconvnet.kernels.cpu;

import java.util.HashMap;
import java.util.Map;
import org.cudaconvnet.kernels.ConvGeometry;

/**
 * The steps of a forward chain in their order (spec: kernels-filter-acts.md section 1), one list per distinct part of the filter
 * that lies inside the image. Scalars are rows of the filter matrix, vectors are rows of {@link ImageBlocks}.
 */
final class FilterActsSteps {
    private static final int TILE_PIXELS = 4;
    private static final int CHANNEL_PAIR = 2;

    /** The part of a filter inside the image, for one group's list of channels. */
    private record Window(int fromY, int toY, int fromX, int toX, int group) {
    }

    private final ConvGeometry geometry;
    private final int columns;
    private final FmaSteps[] steps;

    private FilterActsSteps(ConvGeometry geometry, int columns) {
        this.geometry = geometry;
        this.columns = columns;
        this.steps = new FmaSteps[geometry.numModules() * stepLists()];
    }

    static FilterActsSteps of(ConvGeometry geometry, int columns) {
        FilterActsSteps result = new FilterActsSteps(geometry, columns);
        Map<Window, FmaSteps> distinct = new HashMap<>();
        for (int i = 0; i < result.steps.length; i++) {
            int module = i / result.stepLists();
            int y = result.imageY(module / geometry.numModulesX());
            int x = result.imageX(module % geometry.numModulesX());
            Window window = new Window(Math.max(0, -y), Math.min(geometry.filterSize(), geometry.imgSizeY() - y),
                    Math.max(0, -x), Math.min(geometry.filterSize(), geometry.imgSizeX() - x), i % result.stepLists());
            result.steps[i] = distinct.computeIfAbsent(window, result::build);
        }
        return result;
    }

    FmaSteps at(int module, int group) {
        return steps[module * stepLists() + (geometry.isSparse() ? group : 0)];
    }

    /** Where the module's top left pixel lies in a block; negative inside the padding. */
    int vectorStart(int moduleY, int moduleX, int group) {
        int channel = geometry.isSparse() ? 0 : group * geometry.numFilterColors();
        return ((channel * geometry.imgSizeY() + imageY(moduleY)) * geometry.imgSizeX() + imageX(moduleX)) * columns;
    }

    /** Groups differ in their steps only if each has its own list of channels. */
    private int stepLists() {
        return geometry.isSparse() ? geometry.numGroups() : 1;
    }

    private int imageY(int moduleY) {
        return geometry.paddingStart() + moduleY * geometry.moduleStride();
    }

    private int imageX(int moduleX) {
        return geometry.paddingStart() + moduleX * geometry.moduleStride();
    }

    private FmaSteps build(Window window) {
        int channels = geometry.numFilterColors();
        int together = geometry.numImgColors() <= 3 && !geometry.isSparse() ? channels : CHANNEL_PAIR;
        FmaSteps.Builder builder = new FmaSteps.Builder(channels * geometry.filterPixels());
        for (int first = 0; first < channels; first += together) {
            for (int tile = 0; tile < geometry.filterPixels(); tile += TILE_PIXELS) {
                int end = Math.min(tile + TILE_PIXELS, geometry.filterPixels());
                for (int channel = first; channel < first + together; channel++) {
                    for (int pixel = tile; pixel < end; pixel++) {
                        add(builder, window, channel, pixel);
                    }
                }
            }
        }
        return builder.build();
    }

    private void add(FmaSteps.Builder builder, Window window, int channel, int pixel) {
        int y = pixel / geometry.filterSize();
        int x = pixel % geometry.filterSize();
        if (y >= window.fromY && y < window.toY && x >= window.fromX && x < window.toX) {
            int imageChannel = geometry.isSparse() ? geometry.imageChannel(window.group, channel) : channel;
            builder.add((channel * geometry.filterPixels() + pixel) * geometry.numFilters(),
                    ((imageChannel * geometry.imgSizeY() + y) * geometry.imgSizeX() + x) * columns);
        }
    }
}
