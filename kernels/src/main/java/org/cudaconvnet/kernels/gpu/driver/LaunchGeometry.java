package org.cudaconvnet.kernels.gpu.driver;

/**
 * Grid and block of a launch.
 *
 * @param sharedBytes dynamic shared memory of each block, besides what the kernel declares
 */
public record LaunchGeometry(int gridX, int gridY, int gridZ, int blockX, int blockY, int blockZ, int sharedBytes) {
    /** Limits of every architecture from sm_50 on. */
    private static final int MAX_GRID_YZ = 65535;
    private static final int MAX_BLOCK_XY = 1024;
    private static final int MAX_BLOCK_Z = 64;
    private static final int MAX_THREADS = 1024;

    public LaunchGeometry {
        boolean good = gridX > 0 && within(gridY, MAX_GRID_YZ) && within(gridZ, MAX_GRID_YZ)
                && within(blockX, MAX_BLOCK_XY) && within(blockY, MAX_BLOCK_XY) && within(blockZ, MAX_BLOCK_Z)
                && (long) blockX * blockY * blockZ <= MAX_THREADS && sharedBytes >= 0;
        if (!good) {
            throw new IllegalArgumentException("no GPU can launch " + describe(gridX, gridY, gridZ, blockX, blockY, blockZ, sharedBytes));
        }
    }

    /** A grid of two dimensions, a block of two dimensions, no dynamic shared memory. */
    public static LaunchGeometry of(int gridX, int gridY, int blockX, int blockY) {
        return new LaunchGeometry(gridX, gridY, 1, blockX, blockY, 1, 0);
    }

    /** As many blocks of {@code blockX} threads as cover {@code threads}. */
    public static LaunchGeometry covering(long threads, int blockX) {
        return of(Math.toIntExact((threads + blockX - 1) / blockX), 1, blockX, 1);
    }

    public LaunchGeometry withSharedBytes(int bytes) {
        return new LaunchGeometry(gridX, gridY, gridZ, blockX, blockY, blockZ, bytes);
    }

    public int threadsPerBlock() {
        return blockX * blockY * blockZ;
    }

    public long blocks() {
        return (long) gridX * gridY * gridZ;
    }

    private static boolean within(int size, int limit) {
        return size > 0 && size <= limit;
    }

    @Override
    public String toString() {
        return describe(gridX, gridY, gridZ, blockX, blockY, blockZ, sharedBytes);
    }

    private static String describe(int gridX, int gridY, int gridZ, int blockX, int blockY, int blockZ, int sharedBytes) {
        return "grid " + gridX + "x" + gridY + "x" + gridZ + ", block " + blockX + "x" + blockY + "x" + blockZ
                + ", " + sharedBytes + " bytes of dynamic shared memory";
    }
}
