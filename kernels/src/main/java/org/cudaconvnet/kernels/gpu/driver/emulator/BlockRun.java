package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;

/**
 * Runs the threads of one block after another. All threads at the smallest program counter go on together until they part or
 * reach others; threads at a barrier wait until everybody else is there.
 */
final class BlockRun {
    private static final int RUNNABLE = -1;
    private static final int EXITED = -2;

    private final Block block;
    private final Step[] steps;
    private final long instructionLimit;
    private final int threads;
    /** Per thread: its next step, and {@link #RUNNABLE}, {@link #EXITED} or the step of the barrier at which it waits. */
    private final int[] next;
    private final int[] state;
    /** Scratch: {@link #next} of the runnable threads, the largest number for the others. These loops have no branches. */
    private final int[] place;
    private final int[] active;
    private final int[] guarded;
    /** Per barrier: threads that arrived there and did not wait. */
    private final int[] arrived = new int[ControlStep.BARRIERS];
    private int activeThreads;
    private int guardedThreads;
    /** The smallest step at which other runnable threads stand. */
    private int meeting;
    private long laneInstructions;
    private long blockStart;

    /** @param instructionLimit lane instructions of a block at which it fails */
    BlockRun(Block block, long instructionLimit) {
        this.block = block;
        this.instructionLimit = instructionLimit;
        this.steps = block.code.steps();
        this.threads = block.threads;
        next = new int[threads];
        state = new int[threads];
        place = new int[block.lanes];
        Arrays.fill(place, Integer.MAX_VALUE);
        active = new int[block.lanes];
        guarded = new int[block.lanes];
    }

    /** Instructions times threads that took part, so far. */
    long laneInstructions() {
        return laneInstructions;
    }

    void run(int number) {
        block.start(number);
        blockStart = laneInstructions;
        Arrays.fill(next, 0);
        Arrays.fill(state, RUNNABLE);
        Arrays.fill(arrived, 0);
        while (select()) {
            advance();
        }
    }

    /** Activates the runnable threads with the smallest step; false if all threads have exited. */
    private boolean select() {
        for (int i = 0; i < threads; i++) {
            place[i] = next[i] | (state[i] ^ RUNNABLE | -(state[i] ^ RUNNABLE)) >> 31 & Integer.MAX_VALUE;
        }
        int smallest = smallest(place);
        if (smallest == Integer.MAX_VALUE) {
            return releaseBarrier() && select();
        }
        activate(smallest);
        for (int i = 0; i < threads; i++) {
            place[i] |= active[i] & Integer.MAX_VALUE;
        }
        meeting = smallest(place);
        return true;
    }

    /** Of a multiple of four numbers, in four chains since each step has to wait for the one before. */
    private static int smallest(int[] values) {
        int a = Integer.MAX_VALUE;
        int b = a;
        int c = a;
        int d = a;
        for (int i = 0; i < values.length; i += 4) {
            a = Math.min(a, values[i]);
            b = Math.min(b, values[i + 1]);
            c = Math.min(c, values[i + 2]);
            d = Math.min(d, values[i + 3]);
        }
        return Math.min(Math.min(a, b), Math.min(c, d));
    }

    /** Makes those threads the active ones that stand at a step, the smallest of {@link #place}. */
    private void activate(int step) {
        int count = 0;
        for (int i = 0; i < threads; i++) {
            active[i] = place[i] - step - 1 >> 31;
            count -= active[i];
        }
        activeThreads = count;
        int first = 0;
        while (active[first] == 0) {
            first++;
        }
        int end = threads;
        while (active[end - 1] == 0) {
            end--;
        }
        if (activeThreads == end - first) {
            block.setRange(active, first, end);
        } else {
            block.clearRange();
        }
    }

    private void advance() {
        int[] mask = activeThreads == threads ? null : active;
        int at = first();
        while (at < meeting) {
            Step step = steps[at];
            int[] taking = mask;
            int count = activeThreads;
            if (step.site.guard() != Step.UNGUARDED) {
                applyGuard(step.site);
                count = guardedThreads;
                taking = count == threads ? null : guarded;
            }
            laneInstructions += (long) count * step.instructions();
            block.clock += step.instructions();
            if (step instanceof ControlStep control) {
                at = control(control, taking, count, at);
                if (at < 0) {
                    return;
                }
            } else {
                if (count != 0) {
                    step.execute(block, taking);
                }
                at++;
            }
        }
        moveActive(at);
    }

    private int first() {
        int i = 0;
        while (active[i] == 0) {
            i++;
        }
        return next[i];
    }

    private void applyGuard(Step.Site site) {
        int[] predicate = (int[]) block.registers[site.guard()];
        int flip = site.negated() ? -1 : 0;
        int count = 0;
        for (int i = 0; i < threads; i++) {
            int value = active[i] & (predicate[i] ^ flip);
            guarded[i] = value;
            count -= value;
        }
        guardedThreads = count;
    }

    private void moveActive(int to) {
        for (int i = 0; i < threads; i++) {
            next[i] = active[i] != 0 ? to : next[i];
        }
    }

    /** Where the active threads go on together, or -1 if they have to be selected anew. */
    private int control(ControlStep step, int[] taking, int count, int at) {
        if (count == 0) {
            return at + 1;
        }
        if (step instanceof ControlStep.Branch branch) {
            if (laneInstructions - blockStart > instructionLimit) {
                throw block.fault(KernelFault.Kind.ENDLESS, step.site.line(), lane(taking),
                        "branches after more than " + instructionLimit + " lane instructions");
            }
            if (count == activeThreads) {
                return branch.target;
            }
            part(taking, at, i -> branch.target);
        } else if (step instanceof ControlStep.Barrier barrier) {
            if (count == threads && barrier.threads == 0 && barrier.reduction == null) {
                passBarrier();
                return at + 1;
            }
            part(taking, at, i -> at + 1);
            mark(taking, at);
            releaseCounted(barrier.number, barrier.threads);
        } else if (step instanceof ControlStep.Arrival arrival) {
            part(taking, at, i -> at + 1);
            arrived[arrival.number] += count;
            releaseCounted(arrival.number, arrival.threads);
        } else if (step instanceof ControlStep.IndexedBranch branch) {
            int[] selector = (int[]) block.registers[branch.selector];
            part(taking, at, i -> target(branch, selector[i], i));
        } else if (step instanceof ControlStep.Exit) {
            part(taking, at, i -> at);
            mark(taking, EXITED);
        } else {
            throw block.fault(KernelFault.Kind.TRAP, step.site.line(), lane(taking), "reached a trap");
        }
        return -1;
    }

    private interface Destination {
        int of(int thread);
    }

    /** The threads that take the step go where it leads, the other active ones to the next step. */
    private void part(int[] taking, int at, Destination destination) {
        for (int i = 0; i < threads; i++) {
            if (taking == null || taking[i] != 0) {
                next[i] = destination.of(i);
            } else if (active[i] != 0) {
                next[i] = at + 1;
            }
        }
    }

    private void mark(int[] taking, int value) {
        for (int i = 0; i < threads; i++) {
            if (taking == null || taking[i] != 0) {
                state[i] = value;
            }
        }
    }

    private int target(ControlStep.IndexedBranch branch, int selector, int thread) {
        if (selector < 0 || selector >= branch.targets.length) {
            throw block.fault(KernelFault.Kind.OUT_OF_BOUNDS, branch.site.line(), thread,
                    "branch number " + selector + " of " + branch.targets.length);
        }
        return branch.targets[selector];
    }

    private int lane(int[] taking) {
        int i = 0;
        while (taking != null && taking[i] == 0) {
            i++;
        }
        return i;
    }

    private void passBarrier() {
        if (block.checker != null) {
            block.checker.blockBarrier();
        }
    }

    /** A barrier for a given number of threads opens as soon as that many wait. */
    private void releaseCounted(int number, int needed) {
        if (needed == 0) {
            return;
        }
        int waiting = arrived[number];
        for (int i = 0; i < threads; i++) {
            waiting += waitsAt(i, number) ? 1 : 0;
        }
        if (waiting >= needed) {
            open(number);
        }
    }

    private boolean waitsAt(int thread, int number) {
        return state[thread] >= 0 && barrier(thread).number == number;
    }

    /** Lets those go on that wait at a barrier. */
    private void open(int number) {
        passBarrier();
        arrived[number] = 0;
        int waiting = 0;
        int ones = 0;
        for (int i = 0; i < threads; i++) {
            if (waitsAt(i, number) && barrier(i).reduction != null) {
                waiting++;
                ones -= ((int[]) block.registers[barrier(i).reduction.predicate()])[i];
            }
        }
        for (int i = 0; i < threads; i++) {
            if (waitsAt(i, number)) {
                if (barrier(i).reduction != null) {
                    ((int[]) block.registers[barrier(i).reduction.result()])[i] = switch (barrier(i).reduction.mode()) {
                        case "popc" -> ones;
                        case "and" -> ones == waiting ? -1 : 0;
                        default -> ones != 0 ? -1 : 0;
                    };
                }
                state[i] = RUNNABLE;
            }
        }
    }

    private ControlStep.Barrier barrier(int thread) {
        return (ControlStep.Barrier) steps[state[thread]];
    }

    /** Nobody can run: opens the barrier at which all wait; false if all have exited. */
    private boolean releaseBarrier() {
        int firstWaiting = -1;
        int absent = -1;
        for (int i = 0; i < threads; i++) {
            if (state[i] == EXITED) {
                absent = i;
            } else if (firstWaiting < 0) {
                firstWaiting = i;
            } else if (barrier(i).number != barrier(firstWaiting).number) {
                throw stuck(KernelFault.Kind.DEADLOCK, firstWaiting, i, "waits at barrier " + barrier(i).number);
            } else if (block.checker != null && state[i] != state[firstWaiting]) {
                throw stuck(KernelFault.Kind.BARRIER_DIVERGENCE, firstWaiting, i, "waits at line " + barrier(i).site.line());
            }
        }
        if (firstWaiting < 0) {
            return false;
        }
        if (barrier(firstWaiting).threads != 0) {
            throw stuck(KernelFault.Kind.DEADLOCK, firstWaiting, firstWaiting, "waits for " + barrier(firstWaiting).threads + " threads");
        }
        if (block.checker != null && absent >= 0) {
            throw stuck(KernelFault.Kind.BARRIER_DIVERGENCE, firstWaiting, absent, "has left the kernel");
        }
        open(barrier(firstWaiting).number);
        return true;
    }

    private KernelFault stuck(KernelFault.Kind kind, int thread, int other, String doing) {
        return block.fault(kind, barrier(thread).site.line(), thread, "waits at barrier " + barrier(thread).number
                + " while thread number " + other + " " + doing);
    }
}
