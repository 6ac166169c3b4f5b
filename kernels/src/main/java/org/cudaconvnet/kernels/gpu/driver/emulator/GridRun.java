package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.cudaconvnet.kernels.cpu.CpuThreads;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/**
 * One launch: its blocks in pieces over the host threads, each of which keeps one {@link Block} and uses it again and again.
 *
 * @param instructionLimit lane instructions of a block at which it fails
 */
record GridRun(KernelCode code, LaunchGeometry geometry, GlobalMemory memory, Segment parameters, long instructionLimit) {
    private static final int PIECES_PER_THREAD = 4;

    /** Runs all blocks; returns the number of lane instructions. */
    long run(CpuThreads threads) {
        int blocks = Math.toIntExact(geometry.blocks());
        int grain = Math.max(1, blocks / (threads.count() * PIECES_PER_THREAD));
        Queue<BlockRun> idle = new ConcurrentLinkedQueue<>();
        LongAdder laneInstructions = new LongAdder();
        threads.forEach(blocks, grain, (from, to) -> {
            BlockRun run = idle.poll();
            if (run == null) {
                run = new BlockRun(new Block(code, geometry, memory, parameters), instructionLimit);
            }
            long before = run.laneInstructions();
            for (int block = from; block < to; block++) {
                run.run(block);
            }
            laneInstructions.add(run.laneInstructions() - before);
            idle.add(run);
        });
        return laneInstructions.sum();
    }
}
