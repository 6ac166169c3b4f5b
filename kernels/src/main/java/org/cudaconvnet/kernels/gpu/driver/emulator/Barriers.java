package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;

/** The barriers of a block and the threads that wait there or have exited. */
final class Barriers {
    private static final int RUNNABLE = -1;
    private static final int EXITED = -2;

    private final Block block;
    private final Fronts fronts;
    /** Per thread {@link #RUNNABLE}, {@link #EXITED} or the step of the barrier at which it waits; and the barrier's number. */
    private final int[] state;
    private final int[] number;
    /** Per barrier: threads that arrived there and did not wait. */
    private final int[] arrived = new int[ControlStep.BARRIERS];

    Barriers(Block block, Fronts fronts) {
        this.block = block;
        this.fronts = fronts;
        state = new int[block.threads];
        number = new int[block.threads];
    }

    void restart() {
        Arrays.fill(state, RUNNABLE);
        Arrays.fill(arrived, 0);
    }

    /** The threads of a mask, which are in no front any more, have exited. */
    void exit(int[] mask) {
        for (int i = 0; i < state.length; i++) {
            if (mask[i] != 0) {
                state[i] = EXITED;
            }
        }
    }

    /** The threads of a mask, which are in no front any more, wait at a step. */
    void await(ControlStep.Barrier barrier, int step, int[] mask) {
        for (int i = 0; i < state.length; i++) {
            if (mask[i] != 0) {
                state[i] = step;
                number[i] = number(barrier, i);
            }
        }
        openIfComplete(barrier, mask);
    }

    /** The threads of a mask count at a barrier but go on. */
    void arrive(ControlStep.Arrival arrival, int[] mask) {
        for (int i = 0; i < state.length; i++) {
            if (mask[i] != 0) {
                arrived[number(arrival, i)]++;
            }
        }
        openIfComplete(arrival, mask);
    }

    /** Everybody came to a barrier of all threads at once. */
    void pass() {
        if (block.checker != null) {
            block.checker.blockBarrier();
        }
    }

    private int number(ControlStep.Meeting meeting, int thread) {
        int value = ((int[]) block.registers[meeting.number])[thread];
        if (value < 0 || value >= ControlStep.BARRIERS) {
            throw block.fault(KernelFault.Kind.OUT_OF_BOUNDS, meeting.site.line(), thread, "barrier " + value + ", expected 0 to "
                    + (ControlStep.BARRIERS - 1));
        }
        return value;
    }

    /** A barrier for a given number of threads opens as soon as that many are there. */
    private void openIfComplete(ControlStep.Meeting meeting, int[] mask) {
        if (meeting.threads == ControlStep.ALL_THREADS) {
            return;
        }
        for (int i = 0; i < state.length; i++) {
            if (mask[i] != 0) {
                int at = number(meeting, i);
                if (arrived[at] + waiting(at) >= needed(meeting, i)) {
                    open(at);
                }
            }
        }
    }

    private int needed(ControlStep.Meeting meeting, int thread) {
        return ((int[]) block.registers[meeting.threads])[thread];
    }

    private int waiting(int at) {
        int count = 0;
        for (int i = 0; i < state.length; i++) {
            count += waitsAt(i, at) ? 1 : 0;
        }
        return count;
    }

    private boolean waitsAt(int thread, int at) {
        return state[thread] >= 0 && number[thread] == at;
    }

    private ControlStep.Barrier barrier(int thread) {
        return (ControlStep.Barrier) block.code.steps()[state[thread]];
    }

    /** Lets those go on that wait at a barrier. */
    private void open(int at) {
        pass();
        arrived[at] = 0;
        reduce(at);
        for (int i = 0; i < state.length; i++) {
            if (waitsAt(i, at)) {
                fronts.resume(i, state[i] + 1);
                state[i] = RUNNABLE;
            }
        }
    }

    private void reduce(int at) {
        int waiting = 0;
        int ones = 0;
        for (int i = 0; i < state.length; i++) {
            if (waitsAt(i, at) && barrier(i).reduction != null) {
                waiting++;
                ones -= ((int[]) block.registers[barrier(i).reduction.predicate()])[i];
            }
        }
        for (int i = 0; i < state.length && waiting > 0; i++) {
            if (waitsAt(i, at) && barrier(i).reduction != null) {
                ((int[]) block.registers[barrier(i).reduction.result()])[i] = switch (barrier(i).reduction.mode()) {
                    case "popc" -> ones;
                    case "and" -> ones == waiting ? -1 : 0;
                    default -> ones != 0 ? -1 : 0;
                };
            }
        }
    }

    /** Nobody can run: opens the barrier at which all wait; false if all have exited. */
    boolean openLast() {
        int firstWaiting = -1;
        int absent = -1;
        for (int i = 0; i < state.length; i++) {
            if (state[i] == EXITED) {
                absent = i;
            } else if (firstWaiting < 0) {
                firstWaiting = i;
            } else if (number[i] != number[firstWaiting]) {
                throw stuck(KernelFault.Kind.DEADLOCK, firstWaiting, "while thread number " + i + " waits at barrier " + number[i]);
            } else if (block.checker != null && state[i] != state[firstWaiting]) {
                throw stuck(KernelFault.Kind.BARRIER_DIVERGENCE, firstWaiting, "while thread number " + i + " waits at line "
                        + barrier(i).site.line());
            }
        }
        if (firstWaiting < 0) {
            return false;
        }
        if (barrier(firstWaiting).threads != ControlStep.ALL_THREADS) {
            throw stuck(KernelFault.Kind.DEADLOCK, firstWaiting, "for " + needed(barrier(firstWaiting), firstWaiting)
                    + " threads and nobody else comes");
        }
        if (block.checker != null && absent >= 0) {
            throw stuck(KernelFault.Kind.BARRIER_DIVERGENCE, firstWaiting, "while thread number " + absent + " has left the kernel");
        }
        open(number[firstWaiting]);
        return true;
    }

    private KernelFault stuck(KernelFault.Kind kind, int thread, String problem) {
        return block.fault(kind, barrier(thread).site.line(), thread, "waits at barrier " + number[thread] + " " + problem);
    }
}
