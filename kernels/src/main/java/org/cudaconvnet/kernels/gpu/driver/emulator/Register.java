package org.cudaconvnet.kernels.gpu.driver.emulator;

/** Place of a register among {@link Block#registers}. */
record Register(int index, Bank<?> bank) {
}
