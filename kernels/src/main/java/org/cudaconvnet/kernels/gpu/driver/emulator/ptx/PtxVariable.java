package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

/**
 * A variable in memory, or a parameter.
 *
 * @param type    of its elements
 * @param bytes   its size; 0 for {@code .extern .shared} arrays without one
 * @param initial its first bytes, little endian; the rest is zero; null without an initial value
 */
public record PtxVariable(String name, StateSpace space, PtxType type, int align, long bytes, byte[] initial) {
    PtxVariable renamed(String newName) {
        return new PtxVariable(newName, space, type, align, bytes, initial);
    }
}
