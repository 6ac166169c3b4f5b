package org.cudaconvnet.kernels.gpu;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/**
 * One kernel of a convolution family: a block computes {@code rows} x {@code columns} outputs.
 *
 * @param checked true if it takes any number of images, at any address
 */
record ConvTile(String kernel, int rows, int columns, int threads, boolean checked) {
    static ConvTile of(String kernel, int rows, int columns, int threads) {
        return new ConvTile(kernel, rows, columns, threads, kernel.endsWith("_checked"));
    }

    /**
     * The first tile of those that fit whose blocks occupy all multiprocessors, or else the one with the most blocks.
     *
     * @param tiles the fastest first
     */
    static ConvTile choose(List<ConvTile> tiles, Predicate<ConvTile> fits, ToLongFunction<ConvTile> blocks, int multiprocessors) {
        ConvTile best = null;
        for (ConvTile tile : tiles) {
            if (fits.test(tile) && (best == null || blocks.applyAsLong(tile) > blocks.applyAsLong(best))) {
                best = tile;
                if (blocks.applyAsLong(tile) >= multiprocessors) {
                    break;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no kernel among " + tiles + " takes these matrices");
        }
        return best;
    }

    LaunchGeometry geometry(long blocks) {
        return LaunchGeometry.of(Math.toIntExact(blocks), 1, threads, 1);
    }
}
