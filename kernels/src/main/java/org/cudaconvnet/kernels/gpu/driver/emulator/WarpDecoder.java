package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;

/** Barriers, shuffles and votes. */
final class WarpDecoder {
    private static final Operand EVERYBODY = Operand.Immediate.ofInteger(-1);

    private final Emitter emitter;

    WarpDecoder(Emitter emitter) {
        this.emitter = emitter;
    }

    boolean barrier(PtxInstruction instruction) {
        List<Operand> operands = instruction.operands();
        switch (instruction.opcode()) {
            case "bar.warp.sync" -> emitter.add(new WarpStep.Barrier(emitter.site()));
            case "bar.sync", "barrier.sync", "barrier.sync.aligned", "bar.cta.sync", "barrier.cta.sync", "barrier.cta.sync.aligned" -> {
                int threads = operands.size() > 1 ? constant(operands.get(1)) : 0;
                emitter.add(new ControlStep.Barrier(emitter.site(), constant(operands.get(0)), threads));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private int constant(Operand operand) {
        if (operand instanceof Operand.Immediate immediate) {
            return (int) immediate.bits();
        }
        throw emitter.error("barrier whose number or count is no constant");
    }

    /** {@code shfl[.sync].MODE.b32 d[|p], a, b, c[, members]}. */
    boolean shuffle(PtxInstruction instruction) {
        List<String> modifiers = instruction.modifiers();
        List<Operand> operands = instruction.operands();
        String mode = modifiers.get(modifiers.size() - 2);
        if (!modifiers.get(modifiers.size() - 1).equals("b32") || !List.of("up", "down", "bfly", "idx").contains(mode) || operands.size() < 4) {
            return false;
        }
        Operand target = operands.get(0);
        Register inRange = target instanceof Operand.Pair pair ? emitter.result(pair.second()) : null;
        Register result = emitter.result(target instanceof Operand.Pair pair ? pair.first() : target);
        int[] sources = operands.subList(1, 4).stream().mapToInt(operand -> emitter.source(operand, Bank.INT)).toArray();
        if (result.bank() == Bank.INT) {
            emitter.add(new WarpStep.Shuffle(emitter.site(), mode, result, inRange, sources));
        } else {
            Register bits = emitter.allocate(Bank.INT);
            emitter.add(new WarpStep.Shuffle(emitter.site(), mode, bits, inRange, sources));
            emitter.move(bits, result, false);
        }
        return true;
    }

    /** {@code vote[.sync].MODE.TYPE d, p[, members]} and {@code activemask.b32 d}. */
    boolean vote(PtxInstruction instruction) {
        List<Operand> operands = instruction.operands();
        boolean activemask = instruction.mnemonic().equals("activemask");
        List<String> modifiers = instruction.modifiers();
        String mode = activemask ? "ballot" : modifiers.get(modifiers.size() - 2);
        if (!List.of("all", "any", "uni", "ballot").contains(mode) || operands.size() < (activemask ? 1 : 2)) {
            return false;
        }
        int predicate = emitter.source(activemask ? EVERYBODY : operands.get(1), Bank.INT);
        int members = emitter.source(operands.size() > 2 ? operands.get(2) : EVERYBODY, Bank.INT);
        emitter.add(new WarpStep.Vote(emitter.site(), mode, emitter.result(operands.get(0)), predicate, members));
        return true;
    }
}
