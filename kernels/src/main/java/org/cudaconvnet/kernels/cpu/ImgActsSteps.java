package org.cudaconvnet.kernels.cpu;

import java.util.HashMap;
import java.util.Map;
import org.cudaconvnet.kernels.ConvGeometry;

/**
 * The steps of an image gradient chain in their order (spec: kernels-img-acts.md section 1): the modules that cover the pixel,
 * within a module the filters of the group. Scalars lie in {@link ImgActsFilters}, vectors in {@link ImageBlocks} with rows
 * (module, filter).
 */
final class ImgActsSteps {
    /** Modules {@code from} to {@code to} along one axis cover a pixel; module {@code from} with its filter pixel {@code filterPixel}. */
    private record Cover(int from, int to, int filterPixel) {
        static Cover of(int pixel, int numModules, ConvGeometry geometry) {
            int distance = pixel - geometry.paddingStart();
            int stride = geometry.moduleStride();
            int from = distance < geometry.filterSize() ? 0 : 1 + (distance - geometry.filterSize()) / stride;
            return new Cover(from, Math.min(numModules, 1 + distance / stride), distance - from * stride);
        }

        Cover relative() {
            return new Cover(0, to - from, filterPixel);
        }
    }

    private record Window(Cover y, Cover x) {
    }

    private final ConvGeometry geometry;
    private final int columns;
    private final FmaSteps[] steps;

    private ImgActsSteps(ConvGeometry geometry, int columns) {
        this.geometry = geometry;
        this.columns = columns;
        this.steps = new FmaSteps[geometry.imgPixels()];
    }

    static ImgActsSteps of(ConvGeometry geometry, int columns) {
        ImgActsSteps result = new ImgActsSteps(geometry, columns);
        Map<Window, FmaSteps> distinct = new HashMap<>();
        for (int pixel = 0; pixel < result.steps.length; pixel++) {
            Window window = new Window(result.coverY(pixel).relative(), result.coverX(pixel).relative());
            result.steps[pixel] = distinct.computeIfAbsent(window, result::build);
        }
        return result;
    }

    FmaSteps at(int pixel) {
        return steps[pixel];
    }

    /** The first module that covers the pixel. */
    int firstModule(int pixel) {
        return coverY(pixel).from * geometry.numModulesX() + coverX(pixel).from;
    }

    private Cover coverY(int pixel) {
        return Cover.of(pixel / geometry.imgSizeX(), geometry.numModulesY(), geometry);
    }

    private Cover coverX(int pixel) {
        return Cover.of(pixel % geometry.imgSizeX(), geometry.numModulesX(), geometry);
    }

    private FmaSteps build(Window window) {
        FmaSteps.Builder builder = new FmaSteps.Builder(window.y.to * window.x.to * geometry.filtersPerGroup());
        for (int moduleY = 0; moduleY < window.y.to; moduleY++) {
            for (int moduleX = 0; moduleX < window.x.to; moduleX++) {
                int module = moduleY * geometry.numModulesX() + moduleX;
                int pixel = (window.y.filterPixel - moduleY * geometry.moduleStride()) * geometry.filterSize()
                        + window.x.filterPixel - moduleX * geometry.moduleStride();
                int scalars = ImgActsFilters.moduleOffset(geometry, module) + pixel * geometry.filtersPerGroup() * FmaTile.ROWS;
                for (int filter = 0; filter < geometry.filtersPerGroup(); filter++) {
                    builder.add(scalars + filter * FmaTile.ROWS, (module * geometry.numFilters() + filter) * columns);
                }
            }
        }
        return builder.build();
    }
}
