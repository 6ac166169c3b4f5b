package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/**
 * Images repacked for weight gradients: what the {@link FmaTile#ROWS} rows of a tile multiply with lies side by side, as
 * (group, y, position, row block, image, row). Rows are the channels of a group; with few channels they are the
 * (filter column, channel) pairs of a whole filter row, so that a tile does not stay half empty.
 */
final class WeightActsImages {
    private final CpuThreads threads;
    private final Workspace workspace = new Workspace();

    WeightActsImages(CpuThreads threads) {
        this.threads = threads;
    }

    /**
     * How tiles divide the weights of a chunk: tile (filter row, filter column if not wholeRows, row block).
     *
     * @param wholeRows true if a position holds all columns of a filter row at one module column, false if it is one image column
     */
    record Layout(ConvGeometry geometry, int numImages, boolean wholeRows) {
        static Layout of(ConvGeometry geometry, int numImages) {
            return new Layout(geometry, numImages, geometry.numFilterColors() < FmaTile.ROWS);
        }

        /** Tiles per chunk and block of filters. */
        int tiles() {
            return geometry.filterSize() * (wholeRows ? 1 : geometry.filterSize()) * rowBlocks();
        }

        /** Rows of a tile that are not filling. */
        int rows(int tile) {
            return Math.min(FmaTile.ROWS, rowsPerPosition() - tile % rowBlocks() * FmaTile.ROWS);
        }

        /** The (channel, y, x) row of the filter that row r of the tile is. */
        int filterRow(int tile, int r) {
            int row = tile % rowBlocks() * FmaTile.ROWS + r;
            int x = wholeRows ? row / geometry.numFilterColors() : filterX(tile);
            return row % geometry.numFilterColors() * geometry.filterPixels() + filterY(tile) * geometry.filterSize() + x;
        }

        /** Where the tile's scalars for a module start, or -1 if they all are padding. */
        int start(int group, int module, int tile) {
            int y = geometry.paddingStart() + module / geometry.numModulesX() * geometry.moduleStride() + filterY(tile);
            int moduleX = module % geometry.numModulesX();
            int position = wholeRows ? moduleX : geometry.paddingStart() + moduleX * geometry.moduleStride() + filterX(tile);
            boolean inside = y >= 0 && y < geometry.imgSizeY() && position >= 0 && position < positions();
            return inside ? blockStart(group * geometry.imgSizeY() + y, position, tile % rowBlocks()) : -1;
        }

        /** Distance between the scalars of neighbouring modules of one row. */
        int moduleStep() {
            return (wholeRows ? 1 : geometry.moduleStride()) * rowBlocks() * numImages * FmaTile.ROWS;
        }

        /** @param line (group, y) */
        private int blockStart(int line, int position, int rowBlock) {
            return ((line * positions() + position) * rowBlocks() + rowBlock) * numImages * FmaTile.ROWS;
        }

        private int positions() {
            return wholeRows ? geometry.numModulesX() : geometry.imgSizeX();
        }

        private int rowsPerPosition() {
            return geometry.numFilterColors() * (wholeRows ? geometry.filterSize() : 1);
        }

        private int rowBlocks() {
            return (rowsPerPosition() + FmaTile.ROWS - 1) / FmaTile.ROWS;
        }

        private int filterX(int tile) {
            return wholeRows ? 0 : tile / rowBlocks() % geometry.filterSize();
        }

        private int filterY(int tile) {
            return tile / rowBlocks() / (wholeRows ? 1 : geometry.filterSize());
        }
    }

    float[] pack(Matrix images, Layout layout) {
        int lines = layout.geometry.numGroups() * layout.geometry.imgSizeY();
        float[] packed = workspace.atLeast((long) lines * layout.positions() * layout.rowBlocks() * layout.numImages * FmaTile.ROWS);
        threads.forEach(lines, 1, (from, to) -> {
            for (int line = from; line < to; line++) {
                for (int position = 0; position < layout.positions(); position++) {
                    packPosition(images, layout, line, position, packed);
                }
            }
        });
        return packed;
    }

    private static void packPosition(Matrix images, Layout layout, int line, int position, float[] packed) {
        int[] rows = new int[FmaTile.ROWS];
        for (int block = 0; block < layout.rowBlocks(); block++) {
            for (int r = 0; r < FmaTile.ROWS; r++) {
                rows[r] = sourceStart(images, layout, line, position, block * FmaTile.ROWS + r);
            }
            RowsToColumns.copy(CpuMemory.values(images), rows, layout.numImages, packed, layout.blockStart(line, position, block),
                    FmaTile.ROWS);
        }
    }

    /** Where the image row that belongs to a tile row starts, or -1 if it is padding or filling. */
    private static int sourceStart(Matrix images, Layout layout, int line, int position, int row) {
        ConvGeometry geometry = layout.geometry;
        int x = layout.wholeRows
                ? geometry.paddingStart() + position * geometry.moduleStride() + row / geometry.numFilterColors() : position;
        if (row >= layout.rowsPerPosition() || x < 0 || x >= geometry.imgSizeX()) {
            return -1;
        }
        int channel = geometry.imageChannel(line / geometry.imgSizeY(), row % geometry.numFilterColors());
        int imageRow = (channel * geometry.imgSizeY() + line % geometry.imgSizeY()) * geometry.imgSizeX() + x;
        return (int) images.offset() + imageRow * images.stride();
    }
}
