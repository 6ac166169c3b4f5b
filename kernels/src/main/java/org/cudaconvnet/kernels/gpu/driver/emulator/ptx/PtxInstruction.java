package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.List;

/**
 * One instruction.
 *
 * @param line         in the text of the module, from 1
 * @param guard        predicate register in front of it, or null
 * @param guardNegated true for {@code @!p}
 * @param opcode       with all its modifiers
 */
public record PtxInstruction(int line, String guard, boolean guardNegated, String opcode, List<Operand> operands) {
    /** What stands before the first point of the opcode. */
    public String mnemonic() {
        int point = opcode.indexOf('.');
        return point < 0 ? opcode : opcode.substring(0, point);
    }

    /** What follows the mnemonic, without points; {@code L1::no_allocate} is two. */
    public List<String> modifiers() {
        int point = opcode.indexOf('.');
        return point < 0 ? List.of() : List.of(opcode.substring(point + 1).replace("::", ".").split("\\."));
    }
}
