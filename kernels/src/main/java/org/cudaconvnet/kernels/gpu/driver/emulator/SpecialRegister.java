package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;
import java.util.Set;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** A special register that a kernel reads (PTX ISA, "Special Registers") and the register that holds its values. */
record SpecialRegister(String name, int register) {
    private static final Set<String> NAMES = Set.of("%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z",
            "%ctaid.x", "%ctaid.y", "%ctaid.z", "%nctaid.x", "%nctaid.y", "%nctaid.z", "%laneid", "%warpid", "%nwarpid",
            "%lanemask_eq", "%lanemask_lt", "%lanemask_le", "%lanemask_gt", "%lanemask_ge", "%smid", "%nsmid");

    static boolean exists(String name) {
        return NAMES.contains(name);
    }

    /** Sets what stays the same from block to block. */
    void fillThreads(int[] values, LaunchGeometry geometry, int threads) {
        for (int thread = 0; thread < threads; thread++) {
            int lane = thread % Block.WARP;
            values[thread] = switch (name) {
                case "%tid.x" -> thread % geometry.blockX();
                case "%tid.y" -> thread / geometry.blockX() % geometry.blockY();
                case "%tid.z" -> thread / geometry.blockX() / geometry.blockY();
                case "%ntid.x" -> geometry.blockX();
                case "%ntid.y" -> geometry.blockY();
                case "%ntid.z" -> geometry.blockZ();
                case "%nctaid.x" -> geometry.gridX();
                case "%nctaid.y" -> geometry.gridY();
                case "%nctaid.z" -> geometry.gridZ();
                case "%laneid" -> lane;
                case "%warpid" -> thread / Block.WARP;
                case "%nwarpid" -> (threads + Block.WARP - 1) / Block.WARP;
                case "%lanemask_eq" -> 1 << lane;
                case "%lanemask_lt" -> (1 << lane) - 1;
                case "%lanemask_le" -> (2 << lane) - 1;
                case "%lanemask_gt" -> -(2 << lane);
                case "%lanemask_ge" -> -(1 << lane);
                case "%nsmid" -> 1;
                default -> 0;
            };
        }
    }

    /** Sets what changes with the block. */
    void fillBlock(int[] values, int x, int y, int z) {
        switch (name) {
            case "%ctaid.x" -> Arrays.fill(values, x);
            case "%ctaid.y" -> Arrays.fill(values, y);
            case "%ctaid.z" -> Arrays.fill(values, z);
            default -> { }
        }
    }
}
