package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.function.LongBinaryOperator;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** {@code match} and {@code redux}: threads of a warp compare or combine the values of the members that take part. */
final class WarpExchange {
    private WarpExchange() {
    }

    /** Members of a thread's warp that take part, as bits. */
    private static int members(Block block, int[] mask, int thread, int members) {
        int first = thread / Block.WARP * Block.WARP;
        int present = 0;
        for (int lane = 0; lane < Block.WARP && first + lane < block.threads; lane++) {
            present |= mask == null || mask[first + lane] != 0 ? 1 << lane : 0;
        }
        return present & members;
    }

    /** {@code match.any}, {@code match.all}: which members have the same value. */
    static final class Match extends Step {
        private final boolean all;
        private final Register result;
        private final Register everybody;
        private final Register value;
        private final int members;

        /** @param everybody gets whether all members agree, or null */
        Match(Site site, boolean all, Register result, Register everybody, Register value, int members) {
            super(site);
            this.all = all;
            this.result = result;
            this.everybody = everybody;
            this.value = value;
            this.members = members;
        }

        @Override
        void execute(Block block, int[] mask) {
            int[] results = new int[block.lanes];
            for (int i = 0; i < block.threads; i++) {
                int present = mask == null || mask[i] != 0 ? members(block, mask, i, ((int[]) block.registers[members])[i]) : 0;
                int same = 0;
                for (int lane = 0; lane < Block.WARP; lane++) {
                    if ((present >>> lane & 1) != 0) {
                        same |= bits(block, i / Block.WARP * Block.WARP + lane) == bits(block, i) ? 1 << lane : 0;
                    }
                }
                results[i] = all && same != present ? 0 : same;
            }
            for (int i = 0; i < block.threads; i++) {
                if (mask == null || mask[i] != 0) {
                    ((int[]) block.registers[result.index()])[i] = results[i];
                    if (everybody != null) {
                        ((int[]) block.registers[everybody.index()])[i] = results[i] != 0 ? -1 : 0;
                    }
                }
            }
        }

        private long bits(Block block, int thread) {
            return Words.bits(block.registers[value.index()], thread);
        }
    }

    /** {@code redux.sync}. */
    static final class Reduce extends Step {
        private final LongBinaryOperator operator;
        private final PtxType type;
        private final Register result;
        private final int value;
        private final int members;

        Reduce(Site site, LongBinaryOperator operator, PtxType type, Register result, int value, int members) {
            super(site);
            this.operator = operator;
            this.type = type;
            this.result = result;
            this.value = value;
            this.members = members;
        }

        /** Null if there is no such operation. */
        static LongBinaryOperator operator(String name) {
            return switch (name) {
                case "add" -> Long::sum;
                case "min" -> Math::min;
                case "max" -> Math::max;
                case "and" -> (a, b) -> a & b;
                case "or" -> (a, b) -> a | b;
                case "xor" -> (a, b) -> a ^ b;
                default -> null;
            };
        }

        @Override
        void execute(Block block, int[] mask) {
            int[] values = ((int[]) block.registers[value]).clone();
            for (int i = 0; i < block.threads; i++) {
                if (mask == null || mask[i] != 0) {
                    int first = i / Block.WARP * Block.WARP;
                    int present = members(block, mask, i, ((int[]) block.registers[members])[i]);
                    long total = Conversions.value(values[first + Integer.numberOfTrailingZeros(present)], type);
                    for (int rest = present & present - 1; rest != 0; rest &= rest - 1) {
                        total = operator.applyAsLong(total, Conversions.value(values[first + Integer.numberOfTrailingZeros(rest)], type));
                    }
                    ((int[]) block.registers[result.index()])[i] = (int) total;
                }
            }
        }
    }
}
