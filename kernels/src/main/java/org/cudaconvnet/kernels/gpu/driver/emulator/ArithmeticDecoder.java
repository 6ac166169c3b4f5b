package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;

/** Instructions that are pure functions of registers: {@link Operations} with flush and clamp around. */
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
            sources[i] = flushed(emitter, emitter.source(operands.get(i + 1), operation.sources().get(i)), operation.sources().get(i), flush);
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

    /** The source, or a copy of it without subnormal numbers if {@code flush} is true and it is binary32. */
    static int flushed(Emitter emitter, int source, Bank<?> bank, boolean flush) {
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
}
