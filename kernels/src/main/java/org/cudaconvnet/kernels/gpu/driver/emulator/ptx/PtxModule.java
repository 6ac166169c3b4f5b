package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.List;
import java.util.Map;

/**
 * A module.
 *
 * @param name      what error messages call it
 * @param version   PTX ISA version such as {@code 6.0}
 * @param target    such as {@code sm_50}
 * @param variables of the module, in order
 * @param functions by name, in order; declarations without a body are left out
 */
public record PtxModule(String name, String version, String target, List<PtxVariable> variables, Map<String, PtxFunction> functions) {
    /**
     * Reads a module.
     *
     * @throws PtxException if it is malformed
     */
    public static PtxModule parse(String name, String text) {
        return new ModuleParser(new Tokens(name, text)).parse();
    }
}
