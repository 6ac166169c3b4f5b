package org.cudaconvnet.kernels.gpu.driver.emulator;

/** Runs the loop of an {@link Operation}: straight into the result if all threads take part, else by way of a scratch array. */
final class ComputeStep {
    private ComputeStep() {
    }

    /** @param temporary true if nobody reads the result in threads that do not take part */
    static Step of(Step.Site site, Operation operation, Register result, int[] sources, boolean temporary) {
        return switch (sources.length) {
            case 1 -> new Unary(site, operation, result, sources, temporary);
            case 2 -> new Binary(site, operation, result, sources, temporary);
            case 3 -> new Ternary(site, operation, result, sources, temporary);
            default -> new Quaternary(site, operation, result, sources, temporary);
        };
    }

    private abstract static class Result extends Step {
        final int result;
        final int bank;
        final boolean temporary;

        Result(Site site, Register result, boolean temporary) {
            super(site, temporary ? 0 : 1); // an intermediate result is no instruction of the PTX
            this.result = result.index();
            this.bank = result.bank().number();
            this.temporary = temporary;
        }

        final Object target(Block block, int[] mask) {
            return mask == null || temporary ? block.registers[result] : block.scratch[bank];
        }

        final void finish(Block block, int[] mask) {
            if (mask != null && !temporary) {
                block.merge(block.scratch[bank], block.registers[result], mask);
            }
        }
    }

    private static final class Unary extends Result {
        private final Loop.Unary<Object, Object> loop;
        private final int a;

        @SuppressWarnings("unchecked")
        Unary(Site site, Operation operation, Register result, int[] sources, boolean temporary) {
            super(site, result, temporary);
            loop = (Loop.Unary<Object, Object>) operation.loop();
            a = sources[0];
        }

        @Override
        void execute(Block block, int[] mask) {
            loop.run(target(block, mask), block.registers[a], block.lanes);
            finish(block, mask);
        }
    }

    private static final class Binary extends Result {
        private final Loop.Binary<Object, Object, Object> loop;
        private final int a;
        private final int b;

        @SuppressWarnings("unchecked")
        Binary(Site site, Operation operation, Register result, int[] sources, boolean temporary) {
            super(site, result, temporary);
            loop = (Loop.Binary<Object, Object, Object>) operation.loop();
            a = sources[0];
            b = sources[1];
        }

        @Override
        void execute(Block block, int[] mask) {
            loop.run(target(block, mask), block.registers[a], block.registers[b], block.lanes);
            finish(block, mask);
        }
    }

    private static final class Ternary extends Result {
        private final Loop.Ternary<Object, Object, Object, Object> loop;
        private final int a;
        private final int b;
        private final int c;

        @SuppressWarnings("unchecked")
        Ternary(Site site, Operation operation, Register result, int[] sources, boolean temporary) {
            super(site, result, temporary);
            loop = (Loop.Ternary<Object, Object, Object, Object>) operation.loop();
            a = sources[0];
            b = sources[1];
            c = sources[2];
        }

        @Override
        void execute(Block block, int[] mask) {
            Object[] registers = block.registers;
            loop.run(target(block, mask), registers[a], registers[b], registers[c], block.lanes);
            finish(block, mask);
        }
    }

    private static final class Quaternary extends Result {
        private final Loop.Quaternary<Object, Object, Object, Object, Object> loop;
        private final int[] sources;

        @SuppressWarnings("unchecked")
        Quaternary(Site site, Operation operation, Register result, int[] sources, boolean temporary) {
            super(site, result, temporary);
            loop = (Loop.Quaternary<Object, Object, Object, Object, Object>) operation.loop();
            this.sources = sources;
        }

        @Override
        void execute(Block block, int[] mask) {
            Object[] registers = block.registers;
            loop.run(target(block, mask), registers[sources[0]], registers[sources[1]], registers[sources[2]], registers[sources[3]],
                    block.lanes);
            finish(block, mask);
        }
    }
}
