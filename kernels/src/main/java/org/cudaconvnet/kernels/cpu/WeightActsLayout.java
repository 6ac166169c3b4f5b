package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/**
 * How tiles divide the weights of a chunk, and where they find their rows in {@link WeightActsImages}.
 *
 * <p>Rows are the channels of a group, packed as (group, y, x, row block, image, row). With few channels a tile would stay half empty:
 * there rows are the (filter column, channel) pairs of a whole filter row, and neighbouring modules share most of them. Such a line of
 * pixels is cut into units as wide as the stride, packed as (group, y, unit, image, row); a unit repeats the first rows of the next
 * one, so that every row block lies within one unit.
 *
 * <p>The tiles are (filter row, filter column unless they span whole rows, row block).
 */
final class WeightActsLayout {
    /** {@link RowsToColumns} takes this many rows at once. */
    private static final int ROWS_TOGETHER = 4;

    private final ConvGeometry geometry;
    private final int numImages;
    private final boolean wholeRows;
    private final int rowsPerLine;
    private final int rowBlocks;
    private final int unit;
    private final int imageStep;
    private final int pieces;
    private final int[] filterY;
    private final int[] filterX;
    private final int[] firstPiece;
    private final int[] firstRow;

    WeightActsLayout(ConvGeometry geometry, int numImages) {
        this.geometry = geometry;
        this.numImages = numImages;
        wholeRows = geometry.numFilterColors() < FmaTile.ROWS;
        rowsPerLine = geometry.numFilterColors() * (wholeRows ? geometry.filterSize() : 1);
        rowBlocks = (rowsPerLine + FmaTile.ROWS - 1) / FmaTile.ROWS;
        unit = geometry.moduleStride() * geometry.numFilterColors();
        int columns = wholeRows ? 1 : geometry.filterSize();
        int tiles = geometry.filterSize() * columns * rowBlocks;
        filterY = new int[tiles];
        filterX = new int[tiles];
        firstPiece = new int[tiles];
        firstRow = new int[tiles];
        int end = 0;
        for (int tile = 0; tile < tiles; tile++) {
            int block = tile % rowBlocks;
            filterY[tile] = tile / rowBlocks / columns;
            filterX[tile] = tile / rowBlocks % columns;
            firstPiece[tile] = wholeRows ? block * FmaTile.ROWS / unit : block;
            firstRow[tile] = wholeRows ? block * FmaTile.ROWS % unit : 0;
            end = Math.max(end, firstRow[tile] + FmaTile.ROWS);
        }
        imageStep = (end + ROWS_TOGETHER - 1) / ROWS_TOGETHER * ROWS_TOGETHER;
        pieces = wholeRows ? geometry.numModulesX() + firstPiece[tiles - 1] : geometry.imgSizeX() * rowBlocks;
    }

    ConvGeometry geometry() {
        return geometry;
    }

    int numImages() {
        return numImages;
    }

    /** Tiles per chunk and block of filters. */
    int tiles() {
        return filterY.length;
    }

    /** Rows of a tile that are not filling. */
    int rows(int tile) {
        return Math.min(FmaTile.ROWS, rowsPerLine - tile % rowBlocks * FmaTile.ROWS);
    }

    /** The (channel, y, x) row of the filter that row r of the tile is. */
    int filterRow(int tile, int r) {
        int row = tile % rowBlocks * FmaTile.ROWS + r;
        int x = wholeRows ? row / geometry.numFilterColors() : filterX[tile];
        return row % geometry.numFilterColors() * geometry.filterPixels() + filterY[tile] * geometry.filterSize() + x;
    }

    /** Where the tile's scalars for a module start, or -1 if they all are padding. */
    int start(int group, int moduleY, int moduleX, int tile) {
        int y = geometry.paddingStart() + moduleY * geometry.moduleStride() + filterY[tile];
        int x = geometry.paddingStart() + moduleX * geometry.moduleStride() + filterX[tile];
        if (y < 0 || y >= geometry.imgSizeY() || !wholeRows && (x < 0 || x >= geometry.imgSizeX())) {
            return -1;
        }
        return pieceStart(group * geometry.imgSizeY() + y, (wholeRows ? moduleX : x * rowBlocks) + firstPiece[tile]) + firstRow[tile];
    }

    /** Distance between the scalars of neighbouring modules of one row. */
    int moduleStep() {
        return (wholeRows ? 1 : geometry.moduleStride() * rowBlocks) * numImages * imageStep;
    }

    /** Distance between the scalars of neighbouring images: the rows of a piece. */
    int imageStep() {
        return imageStep;
    }

    /** Lines (group, y) of all images. */
    int lines() {
        return geometry.numGroups() * geometry.imgSizeY();
    }

    /** Units of a line, or row blocks of all of its pixels. */
    int pieces() {
        return pieces;
    }

    int pieceStart(int line, int piece) {
        return (line * pieces + piece) * numImages * imageStep;
    }

    /** Where the row of the image matrix starts that is row r of a piece, or -1 if it is padding or filling. */
    int sourceStart(Matrix images, int line, int piece, int r) {
        int row = wholeRows ? piece * unit + r : piece % rowBlocks * FmaTile.ROWS + r;
        int x = wholeRows ? geometry.paddingStart() + row / geometry.numFilterColors() : piece / rowBlocks;
        if (!wholeRows && row >= geometry.numFilterColors() || x < 0 || x >= geometry.imgSizeX()) {
            return -1;
        }
        int channel = geometry.imageChannel(line / geometry.imgSizeY(), row % geometry.numFilterColors());
        int imageRow = (channel * geometry.imgSizeY() + line % geometry.imgSizeY()) * geometry.imgSizeX() + x;
        return (int) images.offset() + imageRow * images.stride();
    }
}
