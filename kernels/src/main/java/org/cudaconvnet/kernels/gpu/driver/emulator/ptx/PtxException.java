package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

/** PTX that is malformed or that uses what the emulator does not know; the message names module and line. */
public final class PtxException extends RuntimeException {
    public PtxException(String module, int line, String problem) {
        super(module + " line " + line + ": " + problem);
    }
}
