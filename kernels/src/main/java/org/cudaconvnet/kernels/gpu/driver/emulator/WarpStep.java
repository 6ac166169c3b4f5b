package org.cudaconvnet.kernels.gpu.driver.emulator;

/** Instructions in which the threads of a warp see each other's registers (shuffles, votes) or wait for each other. */
final class WarpStep {
    private WarpStep() {
    }

    private static boolean takesPart(int[] mask, int lane) {
        return mask == null || mask[lane] != 0;
    }

    /** {@code shfl}; a source that takes no part has no defined value: an error in checker mode, else a thread gets its own value. */
    static final class Shuffle extends Step {
        private final String mode;
        private final Register result;
        private final Register inRange;
        private final int[] sources;

        /** @param sources value, lane or distance, clamp and segment mask */
        Shuffle(Site site, String mode, Register result, Register inRange, int[] sources) {
            super(site);
            this.mode = mode;
            this.result = result;
            this.inRange = inRange;
            this.sources = sources;
        }

        @Override
        void execute(Block block, int[] mask) {
            int[] values = ((int[]) block.registers[sources[0]]).clone();
            int[] distances = (int[]) block.registers[sources[1]];
            int[] clamps = (int[]) block.registers[sources[2]];
            int[] results = (int[]) block.registers[result.index()];
            for (int i = 0; i < block.threads; i++) {
                if (takesPart(mask, i)) {
                    int lane = i % Block.WARP;
                    int from = source(lane, distances[i] & 31, clamps[i]);
                    boolean good = from >= 0;
                    int source = good ? i - lane + from : i;
                    if (block.checker != null && (source >= block.threads || !takesPart(mask, source))) {
                        throw block.fault(KernelFault.Kind.INACTIVE_LANE, site.line(), i, "shuffles from lane " + from + ", which takes no part");
                    }
                    results[i] = source < block.threads ? values[source] : values[i];
                    if (inRange != null) {
                        ((int[]) block.registers[inRange.index()])[i] = good ? -1 : 0;
                    }
                }
            }
        }

        /** The lane to read from, or -1 if it is out of range (PTX ISA, "shfl.sync", semantics). */
        private int source(int lane, int distance, int clamp) {
            int segment = clamp >>> 8 & 31;
            int last = lane & segment | clamp & 31 & ~segment;
            return switch (mode) {
                case "up" -> lane - distance >= last ? lane - distance : -1;
                case "down" -> lane + distance <= last ? lane + distance : -1;
                case "bfly" -> (lane ^ distance) <= last ? lane ^ distance : -1;
                default -> {
                    int from = lane & segment | distance & ~segment;
                    yield from <= last ? from : -1;
                }
            };
        }
    }

    /** {@code vote} and {@code activemask}. */
    static final class Vote extends Step {
        private final String mode;
        private final Register result;
        private final int predicate;
        private final int members;

        /** @param mode all, any, uni or ballot */
        Vote(Site site, String mode, Register result, int predicate, int members) {
            super(site);
            this.mode = mode;
            this.result = result;
            this.predicate = predicate;
            this.members = members;
        }

        @Override
        void execute(Block block, int[] mask) {
            int[] predicates = ((int[]) block.registers[predicate]).clone();
            int[] memberMasks = (int[]) block.registers[members];
            int[] results = (int[]) block.registers[result.index()];
            for (int i = 0; i < block.threads; i++) {
                if (takesPart(mask, i)) {
                    results[i] = vote(predicates, mask, memberMasks[i], i / Block.WARP * Block.WARP, block.threads);
                }
            }
        }

        private int vote(int[] predicates, int[] mask, int memberMask, int first, int threads) {
            int voters = 0;
            int ballot = 0;
            for (int lane = 0; lane < Block.WARP && first + lane < threads; lane++) {
                if (takesPart(mask, first + lane) && (memberMask >>> lane & 1) != 0) {
                    voters |= 1 << lane;
                    ballot |= predicates[first + lane] & 1 << lane;
                }
            }
            boolean result = switch (mode) {
                case "all" -> ballot == voters;
                case "any" -> ballot != 0;
                default -> ballot == 0 || ballot == voters;
            };
            return mode.equals("ballot") ? ballot : result ? -1 : 0;
        }
    }

    /** {@code bar.warp.sync}: the threads of a warp run in step anyway; only the checker has to know. */
    static final class Barrier extends Step {
        Barrier(Site site) {
            super(site);
        }

        @Override
        void execute(Block block, int[] mask) {
            if (block.checker == null) {
                return;
            }
            for (int warp = 0; warp < block.threads; warp += Block.WARP) {
                for (int lane = warp; lane < Math.min(warp + Block.WARP, block.threads); lane++) {
                    if (takesPart(mask, lane)) {
                        block.checker.warpBarrier(lane);
                        break;
                    }
                }
            }
        }
    }
}
