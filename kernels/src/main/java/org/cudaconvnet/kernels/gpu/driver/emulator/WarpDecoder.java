package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** Barriers, shuffles, votes and what else the threads of a warp do together. */
final class WarpDecoder {
    private static final Operand EVERYBODY = Operand.Immediate.ofInteger(-1);

    private final Emitter emitter;

    WarpDecoder(Emitter emitter) {
        this.emitter = emitter;
    }

    /** {@code bar} and {@code barrier[.cta]}: {@code .sync}, {@code .arrive}, {@code .red} and {@code bar.warp.sync}. */
    boolean barrier(PtxInstruction instruction) {
        List<Operand> operands = instruction.operands();
        String form = instruction.modifiers().stream().filter(word -> !word.equals("cta") && !word.equals("aligned")).collect(Collectors.joining("."));
        switch (form) {
            case "warp.sync" -> emitter.add(new WarpStep.Barrier(emitter.site()));
            case "sync" -> emitter.add(barrierOf(operands.get(0), threads(operands, 1, 2), null));
            case "arrive" -> emitter.add(new ControlStep.Arrival(emitter.site(), number(operands.get(0)), threads(operands, 1, 2)));
            case "red.popc.u32", "red.and.pred", "red.or.pred" -> {
                int predicate = emitter.source(operands.get(operands.size() - 1), Bank.INT);
                Register result = emitter.result(operands.get(0));
                emitter.add(barrierOf(operands.get(1), threads(operands, 2, 4),
                        new ControlStep.Reduction(form.split("\\.")[1], predicate, result.index())));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private ControlStep.Barrier barrierOf(Operand number, int threads, ControlStep.Reduction reduction) {
        return new ControlStep.Barrier(emitter.site(), number(number), number instanceof Operand.Immediate, threads, reduction);
    }

    private int number(Operand operand) {
        if (operand instanceof Operand.Immediate constant && (constant.bits() < 0 || constant.bits() >= ControlStep.BARRIERS)) {
            throw emitter.error("barrier " + constant.bits() + ", expected 0 to " + (ControlStep.BARRIERS - 1));
        }
        return emitter.source(operand, Bank.INT);
    }

    /** Register with the count at {@code place} if there are as many operands. */
    private int threads(List<Operand> operands, int place, int count) {
        return operands.size() == count ? emitter.source(operands.get(place), Bank.INT) : ControlStep.ALL_THREADS;
    }

    /** {@code match.MODE.sync.TYPE d[|p], a, members}. */
    boolean match(PtxInstruction instruction) {
        List<Operand> operands = instruction.operands();
        boolean all = instruction.opcode().startsWith("match.all.sync.b");
        if (!all && !instruction.opcode().startsWith("match.any.sync.b") || operands.size() != 3) {
            return false;
        }
        Bank<?> bank = instruction.opcode().endsWith("64") ? Bank.LONG : Bank.INT;
        Register value = new Register(emitter.source(operands.get(1), bank), bank);
        int members = emitter.source(operands.get(2), Bank.INT);
        Operand target = operands.get(0);
        Register everybody = target instanceof Operand.Pair pair ? emitter.result(pair.second()) : null;
        Register result = emitter.result(target instanceof Operand.Pair pair ? pair.first() : target);
        emitter.add(new WarpExchange.Match(emitter.site(), all, result, everybody, value, members));
        return true;
    }

    /** {@code redux.sync.OPERATION.TYPE d, a, members}. */
    boolean reduce(PtxInstruction instruction) {
        List<String> modifiers = instruction.modifiers();
        List<Operand> operands = instruction.operands();
        PtxType type = PtxType.named(modifiers.get(modifiers.size() - 1));
        LongBinaryOperator operator = modifiers.size() == 3 ? WarpExchange.Reduce.operator(modifiers.get(1)) : null;
        if (operator == null || type == null || type.isFloat() || type.bits() != Integer.SIZE || operands.size() != 3) {
            return false;
        }
        int value = emitter.source(operands.get(1), Bank.INT);
        int members = emitter.source(operands.get(2), Bank.INT);
        emitter.add(new WarpExchange.Reduce(emitter.site(), operator, type, emitter.result(operands.get(0)), value, members));
        return true;
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
