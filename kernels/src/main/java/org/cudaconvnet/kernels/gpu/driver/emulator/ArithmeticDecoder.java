package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;

/** Instructions that are pure functions of registers: {@link Operations} with flush, clamp and the forms of comparisons around. */
final class ArithmeticDecoder {
    private static final Operation FLUSH = new Operation((Loop.Unary<float[], float[]>) FloatLoops::flush, Bank.FLOAT, List.of(Bank.FLOAT));
    private static final Operation SATURATE = new Operation((Loop.Unary<float[], float[]>) FloatLoops::saturate, Bank.FLOAT, List.of(Bank.FLOAT));

    private final Emitter emitter;
    private final CarryDecoder carries;

    ArithmeticDecoder(Emitter emitter) {
        this.emitter = emitter;
        this.carries = new CarryDecoder(emitter);
    }

    /** False if there is no such instruction. */
    boolean compute(PtxInstruction instruction) {
        if (CarryDecoder.concerns(instruction)) {
            return carries.compute(instruction);
        }
        List<Operand> operands = instruction.operands();
        Operation operation = Operations.find(instruction.opcode());
        boolean flush = false;
        boolean saturate = false;
        if (operation == null && instruction.opcode().matches(".*(32|f16|f16x2)")) {
            flush = instruction.modifiers().contains("ftz");
            saturate = instruction.modifiers().contains("sat");
            operation = Operations.find(without(instruction.opcode(), "ftz", "sat"));
        }
        if (operation == null) {
            return false;
        }
        if (operands.size() != operation.sources().size() + 1) {
            throw emitter.error(instruction.opcode() + " has " + operands.size() + " operands, expected " + (operation.sources().size() + 1));
        }
        int[] sources = new int[operation.sources().size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = flushed(emitter.source(operands.get(i + 1), operation.sources().get(i)), operation.sources().get(i), flush);
        }
        boolean floats = operation.result() == Bank.FLOAT;
        List<Operation> chain = new ArrayList<>(List.of(operation));
        if (flush && floats) {
            chain.add(FLUSH);
        }
        if (saturate && floats) {
            chain.add(SATURATE);
        }
        for (Operation link : chain.subList(0, chain.size() - 1)) {
            Register between = emitter.allocate(link.result());
            emitter.compute(link, between, true, sources);
            sources = new int[] {between.index()};
        }
        emitter.compute(chain.get(chain.size() - 1), emitter.result(operands.get(0)), false, sources);
        return true;
    }

    private int flushed(int source, Bank<?> bank, boolean flush) {
        if (!flush || bank != Bank.FLOAT) {
            return source;
        }
        Register copy = emitter.allocate(bank);
        emitter.compute(FLUSH, copy, true, source);
        return copy.index();
    }

    private static String without(String opcode, String... modifiers) {
        String rest = opcode;
        for (String modifier : modifiers) {
            rest = rest.replace("." + modifier, "");
        }
        return rest;
    }

    /** {@code setp.CMP[.BOOL][.ftz].TYPE} and {@code set.CMP[.BOOL][.ftz].RESULT.TYPE}. */
    boolean compare(PtxInstruction instruction) {
        List<String> modifiers = new ArrayList<>(instruction.modifiers());
        List<Operand> operands = instruction.operands();
        boolean flush = modifiers.remove("ftz");
        String type = modifiers.remove(modifiers.size() - 1);
        String resultType = instruction.mnemonic().equals("set") ? modifiers.remove(modifiers.size() - 1) : "pred";
        Operation comparison = Operations.find("compare." + modifiers.get(0) + "." + type);
        if (comparison == null || operands.size() < 3) {
            return false;
        }
        int a = flushed(emitter.source(operands.get(1), comparison.sources().get(0)), comparison.sources().get(0), flush);
        int b = flushed(emitter.source(operands.get(2), comparison.sources().get(1)), comparison.sources().get(1), flush);
        boolean combined = modifiers.size() > 1;
        boolean simple = !combined && operands.get(0) instanceof Operand.Name && resultType.equals("pred");
        if (simple) {
            emitter.compute(comparison, emitter.result(operands.get(0)), false, a, b);
            return true;
        }
        Register truth = emitter.allocate(Bank.INT);
        emitter.compute(comparison, truth, true, a, b);
        Operation not = Operations.find("not.pred");
        if (operands.get(0) instanceof Operand.Pair pair) {
            Register opposite = emitter.allocate(Bank.INT);
            emitter.compute(not, opposite, true, truth.index());
            Register both = combine(instruction, modifiers, operands, opposite);
            emitter.move(combine(instruction, modifiers, operands, truth), emitter.result(pair.first()), false);
            emitter.move(both, emitter.result(pair.second()), false);
            return true;
        }
        Register result = combine(instruction, modifiers, operands, truth);
        if (resultType.equals("f32")) {
            int one = emitter.constant(Bank.INT, Float.floatToRawIntBits(1)).index();
            Register number = emitter.allocate(Bank.INT);
            emitter.compute(Operations.find("and.b32"), number, true, result.index(), one);
            result = number;
        }
        emitter.move(result, emitter.result(operands.get(0)), false);
        return true;
    }

    /** Combines a comparison with the third source, if the instruction names a Boolean operator. */
    private Register combine(PtxInstruction instruction, List<String> modifiers, List<Operand> operands, Register truth) {
        if (modifiers.size() < 2) {
            return truth;
        }
        Operation operator = Operations.find(modifiers.get(1) + ".pred");
        if (operator == null || operands.size() < 4) {
            throw emitter.error("unknown form of " + instruction.opcode());
        }
        Register result = emitter.allocate(Bank.INT);
        emitter.compute(operator, result, true, truth.index(), emitter.source(operands.get(3), Bank.INT));
        return result;
    }
}
