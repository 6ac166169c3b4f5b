package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.cpu.VectorSupport;

/**
 * Runs the threads of one block after another. All threads at the smallest step go on together until they part or reach others;
 * threads at a barrier wait until everybody else is there.
 */
final class BlockRun {
    private static final boolean VECTOR = VectorSupport.available();
    private static final int SELECT = -1;

    private final Block block;
    private final Step[] steps;
    private final long instructionLimit;
    private final int threads;
    private final Fronts fronts;
    private final Barriers barriers;
    /** The threads that go on now, and those of them for which the guard of the present step holds. */
    private Front active;
    private final int[] guarded;
    private int guardedThreads;
    private long blockStart;

    /** @param instructionLimit lane instructions of a block at which it fails */
    BlockRun(Block block, long instructionLimit) {
        this.block = block;
        this.instructionLimit = instructionLimit;
        this.steps = block.code.steps();
        this.threads = block.threads;
        fronts = new Fronts(threads, block.lanes);
        barriers = new Barriers(block, fronts);
        guarded = new int[block.lanes];
    }

    /** Instructions times threads that took part, so far. */
    long laneInstructions() {
        return block.laneInstructions;
    }

    void run(int number) {
        block.start(number);
        blockStart = block.laneInstructions;
        fronts.restart();
        barriers.restart();
        while (select()) {
            advance();
        }
    }

    /** False if all threads have exited. */
    private boolean select() {
        active = fronts.select();
        if (active == null) {
            return barriers.openLast() && select();
        }
        int first = active.first();
        int end = active.end();
        if (active.count == end - first) {
            block.setRange(active.mask, first, end);
        } else {
            block.clearRange();
        }
        return true;
    }

    private void advance() {
        int[] mask = active.count == threads ? null : active.mask;
        int meeting = fronts.meeting(active);
        int at = active.step;
        while (at < meeting) {
            Step step = steps[at];
            int[] taking = mask;
            int count = active.count;
            if (step.guard != Step.UNGUARDED) {
                applyGuard(step);
                count = guardedThreads;
                taking = count == threads ? null : guarded;
            }
            block.laneInstructions += (long) count * step.instructions;
            if (step instanceof ControlStep control) {
                at = count == 0 ? at + 1 : control(control, taking == null ? active.mask : taking, count, at);
                if (at == SELECT) {
                    return;
                }
            } else {
                if (count != 0) {
                    step.execute(block, taking);
                }
                at++;
            }
        }
        active.step = at;
    }

    private void applyGuard(Step step) {
        int[] mask = active.mask;
        int[] predicate = (int[]) block.registers[step.guard];
        int flip = step.site.negated() ? -1 : 0;
        guardedThreads = VECTOR ? VectorIntegers.guard(guarded, mask, predicate, flip, mask.length) : guard(guarded, mask, predicate, flip);
    }

    /** See {@link VectorIntegers#guard}. */
    private static int guard(int[] guarded, int[] mask, int[] predicate, int flip) {
        int count = 0;
        for (int i = 0; i < mask.length; i++) {
            int value = mask[i] & (predicate[i] ^ flip);
            guarded[i] = value;
            count -= value;
        }
        return count;
    }

    /** Where the active threads go on together, or {@link #SELECT} if they have parted. */
    private int control(ControlStep step, int[] taking, int count, int at) {
        if (step instanceof ControlStep.Branch branch) {
            if (block.laneInstructions - blockStart > instructionLimit) {
                throw block.fault(KernelFault.Kind.ENDLESS, step.site.line(), Front.first(taking),
                        "branches after more than " + instructionLimit + " lane instructions");
            }
            if (count == active.count) {
                return branch.target;
            }
            fronts.split(active, taking, count, branch.target);
            active.step = at + 1;
        } else if (step instanceof ControlStep.Barrier barrier) {
            if (count == threads && barrier.plain) {
                barriers.pass();
                return at + 1;
            }
            int[] waiting = leave(taking, count, at);
            barriers.await(barrier, at, waiting);
        } else if (step instanceof ControlStep.Arrival arrival) {
            barriers.arrive(arrival, taking);
            active.step = at + 1;
        } else if (step instanceof ControlStep.IndexedBranch branch) {
            jump(branch, leave(taking, count, at));
        } else if (step instanceof ControlStep.Exit) {
            barriers.exit(leave(taking, count, at));
        } else {
            throw block.fault(KernelFault.Kind.TRAP, step.site.line(), Front.first(taking), "reached a trap");
        }
        return SELECT;
    }

    /** Takes threads out of the active ones, the rest of which goes to the next step; returns the mask of those that left. */
    private int[] leave(int[] taking, int count, int at) {
        int[] left = taking.clone();
        active.remove(left, count);
        active.step = at + 1;
        return left;
    }

    private void jump(ControlStep.IndexedBranch branch, int[] taking) {
        int[] selector = (int[]) block.registers[branch.selector];
        for (int i = 0; i < threads; i++) {
            if (taking[i] != 0) {
                if (selector[i] < 0 || selector[i] >= branch.targets.length) {
                    throw block.fault(KernelFault.Kind.OUT_OF_BOUNDS, branch.site.line(), i,
                            "branch number " + selector[i] + " of " + branch.targets.length);
                }
                fronts.resume(i, branch.targets[selector[i]]);
            }
        }
    }
}
