package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;

/** {@code setp.CMP[.BOOL][.ftz].TYPE} and {@code set.CMP[.BOOL][.ftz].RESULT.TYPE}: {@link Comparisons} in all their forms. */
final class ComparisonDecoder {
    private static final Operation NOT = Operations.find("not.pred");
    private static final int HALF_ONE = 0x3c00;

    private final Emitter emitter;

    ComparisonDecoder(Emitter emitter) {
        this.emitter = emitter;
    }

    /**
     * An instruction taken apart.
     *
     * @param bool       how to combine the comparison with the fourth operand; null if it stands alone
     * @param resultType {@code pred} for setp
     */
    private record Form(String comparison, String bool, boolean flush, String resultType, String type) {
        static Form of(PtxInstruction instruction) {
            List<String> modifiers = new ArrayList<>(instruction.modifiers());
            boolean flush = modifiers.remove("ftz");
            String type = modifiers.remove(modifiers.size() - 1);
            String resultType = instruction.mnemonic().equals("set") ? modifiers.remove(modifiers.size() - 1) : "pred";
            return new Form(modifiers.get(0), modifiers.size() > 1 ? modifiers.get(1) : null, flush, resultType, type);
        }
    }

    /** False if there is no such instruction. */
    boolean compare(PtxInstruction instruction) {
        Form form = Form.of(instruction);
        List<Operand> operands = instruction.operands();
        if (operands.size() < 3) {
            return false;
        }
        if (form.type.equals("f16x2")) {
            return compareBoth(form, operands);
        }
        Operation comparison = Operations.find("compare." + form.comparison + "." + form.type);
        if (comparison == null) {
            return false;
        }
        Bank<?> bank = comparison.sources().get(0);
        int a = ArithmeticDecoder.flushed(emitter, emitter.source(operands.get(1), bank), bank, form.flush);
        int b = ArithmeticDecoder.flushed(emitter, emitter.source(operands.get(2), bank), bank, form.flush);
        if (form.bool == null && operands.get(0) instanceof Operand.Name && form.resultType.equals("pred")) {
            emitter.compute(comparison, emitter.result(operands.get(0)), false, a, b);
            return true;
        }
        Register truth = temporary(comparison, a, b);
        if (operands.get(0) instanceof Operand.Pair pair) {
            Register opposite = combine(form, operands, temporary(NOT, truth.index()));
            finish(combine(form, operands, truth), opposite, pair);
            return true;
        }
        Register result = combine(form, operands, truth);
        int one = switch (form.resultType) {
            case "f32" -> Float.floatToRawIntBits(1);
            case "f16" -> HALF_ONE;
            default -> -1;
        };
        emitter.move(one == -1 ? result : and(result, one), emitter.result(operands.get(0)), false);
        return true;
    }

    /** Two halves with one predicate or half of the result each, the lower one first. */
    private boolean compareBoth(Form form, List<Operand> operands) {
        Operation comparison = Operations.find("compare." + form.comparison + ".f16");
        if (comparison == null) {
            return false;
        }
        int a = emitter.source(operands.get(1), Bank.INT);
        int b = emitter.source(operands.get(2), Bank.INT);
        Register low = combine(form, operands, temporary(comparison, a, b));
        Register high = combine(form, operands,
                temporary(comparison, temporary(Moves.HIGH_SHORT, a).index(), temporary(Moves.HIGH_SHORT, b).index()));
        if (operands.get(0) instanceof Operand.Pair pair) {
            finish(low, high, pair);
            return form.resultType.equals("pred");
        }
        Register joined = temporary(Moves.JOIN_SHORTS, low.index(), high.index());
        boolean numbers = form.resultType.equals("f16x2");
        emitter.move(numbers ? and(joined, HALF_ONE << 16 | HALF_ONE) : joined, emitter.result(operands.get(0)), false);
        return numbers || form.resultType.equals("u32") || form.resultType.equals("s32");
    }

    private void finish(Register first, Register second, Operand.Pair pair) {
        emitter.move(first, emitter.result(pair.first()), false);
        emitter.move(second, emitter.result(pair.second()), false);
    }

    private Register and(Register value, int bits) {
        return temporary(Operations.find("and.b32"), value.index(), emitter.constant(Bank.INT, bits).index());
    }

    /** Combines a comparison with the fourth operand, if the instruction names a Boolean operator. */
    private Register combine(Form form, List<Operand> operands, Register truth) {
        if (form.bool == null) {
            return truth;
        }
        Operation operator = Operations.find(form.bool + ".pred");
        if (operator == null || operands.size() < 4) {
            throw emitter.error("unknown form of comparison");
        }
        return temporary(operator, truth.index(), emitter.source(operands.get(3), Bank.INT));
    }

    private Register temporary(Operation operation, int... sources) {
        Register result = emitter.allocate(operation.result());
        emitter.compute(operation, result, true, sources);
        return result;
    }
}
