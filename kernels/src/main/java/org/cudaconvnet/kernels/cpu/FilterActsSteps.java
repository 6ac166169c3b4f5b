package org.cudaconvnet.kernels.cpu;

import java.util.HashMap;
import java.util.Map;
import org.cudaconvnet.kernels.ConvGeometry;

/**
 * The steps of a forward chain in their order (spec: kernels-filter-acts.md section 1), one list per distinct part of the filter
 * that lies inside the image. Scalars lie in {@link FilterActsFilters}, vectors in {@link ImageBlocks}.
 */
final class FilterActsSteps {
    private static final int TILE_PIXELS = 4;
    private static final int CHANNEL_PAIR = 2;

    /** The part of a filter inside the image, for one group's list of channels. */
    private record Window(int fromY, int toY, int fromX, int toX, int group) {
    }

    private final ConvGeometry geometry;
    private final int columns;
    private final int[] order;
    private final FmaSteps[] steps;

    private FilterActsSteps(ConvGeometry geometry, int columns) {
        this.geometry = geometry;
        this.columns = columns;
        this.order = order(geometry);
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

    /** The row of the filter matrix, within a module, that each step of a whole filter reads. */
    int[] order() {
        return order;
    }

    private static int[] order(ConvGeometry geometry) {
        int channels = geometry.numFilterColors();
        int pixels = geometry.filterPixels();
        int together = geometry.numImgColors() <= 3 && !geometry.isSparse() ? channels : CHANNEL_PAIR;
        int[] order = new int[channels * pixels];
        int step = 0;
        for (int first = 0; first < channels; first += together) {
            for (int tile = 0; tile < pixels; tile += TILE_PIXELS) {
                for (int channel = first; channel < first + together; channel++) {
                    for (int pixel = tile; pixel < Math.min(tile + TILE_PIXELS, pixels); pixel++) {
                        order[step++] = channel * pixels + pixel;
                    }
                }
            }
        }
        return order;
    }

    private FmaSteps build(Window window) {
        FmaSteps.Builder builder = new FmaSteps.Builder(order.length);
        for (int step = 0; step < order.length; step++) {
            int channel = order[step] / geometry.filterPixels();
            int y = order[step] % geometry.filterPixels() / geometry.filterSize();
            int x = order[step] % geometry.filterPixels() % geometry.filterSize();
            if (y >= window.fromY && y < window.toY && x >= window.fromX && x < window.toX) {
                int imageChannel = geometry.isSparse() ? geometry.imageChannel(window.group, channel) : channel;
                builder.add(step * FmaTile.ROWS, ((imageChannel * geometry.imgSizeY() + y) * geometry.imgSizeX() + x) * columns);
            }
        }
        return builder.build();
    }
}
