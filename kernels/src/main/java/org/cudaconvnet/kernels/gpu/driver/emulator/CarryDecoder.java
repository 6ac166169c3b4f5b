package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;

/** Instructions that read or write the carry: {@code add.cc addc sub.cc subc mad.cc madc} of 32 and 64 bits. */
final class CarryDecoder {
    private final Emitter emitter;
    private Register carry;

    CarryDecoder(Emitter emitter) {
        this.emitter = emitter;
    }

    static boolean concerns(PtxInstruction instruction) {
        return List.of("addc", "subc", "madc").contains(instruction.mnemonic()) || instruction.modifiers().contains("cc");
    }

    /** False if there is no such instruction. */
    boolean compute(PtxInstruction instruction) {
        List<Operand> operands = instruction.operands();
        List<String> modifiers = instruction.modifiers();
        String type = modifiers.get(modifiers.size() - 1);
        boolean product = instruction.mnemonic().startsWith("mad");
        if (!type.matches("[su](32|64)") || operands.size() != (product ? 4 : 3)) {
            return false;
        }
        Bank<?> bank = type.endsWith("64") ? Bank.LONG : Bank.INT;
        int first = emitter.source(operands.get(1), bank);
        int second = emitter.source(operands.get(2), bank);
        if (product) {
            Operation multiplication = Operations.find("mul." + modifiers.get(0) + "." + type);
            if (multiplication == null) {
                return false;
            }
            Register factor = emitter.allocate(bank);
            emitter.compute(multiplication, factor, true, first, second);
            first = factor.index();
            second = emitter.source(operands.get(3), bank);
        }
        if (carry == null) {
            carry = emitter.allocate(Bank.INT);
        }
        int in = instruction.mnemonic().endsWith("c") ? carry.index() : emitter.constant(Bank.INT, 0).index();
        String kind = (instruction.mnemonic().startsWith("sub") ? "difference." : "sum.") + type.substring(1);
        Register out = emitter.allocate(Bank.INT);
        emitter.compute(Operations.find("carry.of." + kind), out, true, first, second, in);
        emitter.compute(Operations.find("carry." + kind), emitter.result(operands.get(0)), false, first, second, in);
        if (modifiers.contains("cc")) {
            emitter.move(out, carry, false);
        }
        return true;
    }
}
