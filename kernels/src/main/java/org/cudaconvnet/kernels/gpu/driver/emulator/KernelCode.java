package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;
import java.util.Map;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxVariable;

/**
 * A decoded kernel.
 *
 * @param module      what error messages call its module
 * @param banks       of its registers, by index
 * @param constants   bits of the registers that hold a constant, by index
 * @param specials    registers that hold a special register
 * @param sharedBytes of its own shared variables
 * @param localBytes  per thread
 * @param locations   slots for a {@link Location}
 */
record KernelCode(String module, String name, List<PtxVariable> parameters, Step[] steps, List<Bank<?>> banks, Map<Integer, Long> constants,
                  List<SpecialRegister> specials, int sharedBytes, int localBytes, int locations) {
    Object[] allocateRegisters(int lanes) {
        Object[] registers = new Object[banks.size()];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = banks.get(i).allocate(lanes);
        }
        constants.forEach((register, bits) -> Bank.fill(registers[register], bits));
        return registers;
    }
}
