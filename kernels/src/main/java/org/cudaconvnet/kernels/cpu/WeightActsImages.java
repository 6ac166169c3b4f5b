package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/**
 * Images repacked for weight gradients: what {@link FmaTile#ROWS} rows of a tile multiply with lies side by side, as
 * (group, y, position, row block, image, row). Rows are the channels of a group; with few channels they are the
 * (filter column, channel) pairs of a whole filter row, so that a tile does not stay half empty.
 */
final class WeightActsImages {
    private static final int FEW_CHANNELS = FmaTile.ROWS;

    private final CpuThreads threads;
    private final Workspace workspace = new Workspace();

    WeightActsImages(CpuThreads threads) {
        this.threads = threads;
    }

    /**
     * How the rows of tiles are laid out.
     *
     * @param filterColumns neighbouring filter columns that share a position: 1 or all
     * @param positions     positions per image row: image columns or module columns
     */
    record Layout(ConvGeometry geometry, int numImages, int filterColumns, int positions) {
        static Layout of(ConvGeometry geometry, int numImages) {
            return geometry.numFilterColors() < FEW_CHANNELS && geometry.filterSize() > 1
                    ? new Layout(geometry, numImages, geometry.filterSize(), geometry.numModulesX())
                    : new Layout(geometry, numImages, 1, geometry.imgSizeX());
        }

        int rows() {
            return filterColumns * geometry.numFilterColors();
        }

        int rowBlocks() {
            return (rows() + FmaTile.ROWS - 1) / FmaTile.ROWS;
        }

        int channel(int row) {
            return row % geometry.numFilterColors();
        }

        /** Filter column of a row, counted from the first one that shares its position. */
        int filterColumn(int row) {
            return row / geometry.numFilterColors();
        }

        /** Position that the module and filter column read, or -1 if it is all padding. */
        int position(int moduleX, int filterColumn) {
            if (filterColumns > 1) {
                return moduleX;
            }
            int x = geometry.paddingStart() + moduleX * geometry.moduleStride() + filterColumn;
            return x >= 0 && x < geometry.imgSizeX() ? x : -1;
        }

        int start(int group, int y, int position, int rowBlock) {
            int index = ((group * geometry.imgSizeY() + y) * positions + position) * rowBlocks() + rowBlock;
            return index * numImages * FmaTile.ROWS;
        }

        private int imageX(int position, int row) {
            return filterColumns > 1
                    ? geometry.paddingStart() + position * geometry.moduleStride() + filterColumn(row) : position;
        }
    }

    float[] pack(Matrix images, Layout layout) {
        ConvGeometry geometry = layout.geometry;
        int lines = geometry.numGroups() * geometry.imgSizeY();
        float[] packed = workspace.atLeast((long) layout.start(geometry.numGroups(), 0, 0, 0));
        threads.forEach(lines, 1, (from, to) -> {
            for (int line = from; line < to; line++) {
                for (int position = 0; position < layout.positions; position++) {
                    packPosition(images, layout, line / geometry.imgSizeY(), line % geometry.imgSizeY(), position, packed);
                }
            }
        });
        return packed;
    }

    private static void packPosition(Matrix images, Layout layout, int group, int y, int position, float[] packed) {
        ConvGeometry geometry = layout.geometry;
        float[] source = CpuMemory.values(images);
        for (int row = 0; row < layout.rowBlocks() * FmaTile.ROWS; row++) {
            int to = layout.start(group, y, position, row / FmaTile.ROWS) + row % FmaTile.ROWS;
            int x = layout.imageX(position, row);
            if (row < layout.rows() && x >= 0 && x < geometry.imgSizeX()) {
                int channel = geometry.imageChannel(group, layout.channel(row));
                int from = (int) images.offset() + ((channel * geometry.imgSizeY() + y) * geometry.imgSizeX() + x) * images.stride();
                for (int image = 0; image < layout.numImages; image++) {
                    packed[to + image * FmaTile.ROWS] = source[from + image];
                }
            } else {
                for (int image = 0; image < layout.numImages; image++) {
                    packed[to + image * FmaTile.ROWS] = 0f;
                }
            }
        }
    }
}
