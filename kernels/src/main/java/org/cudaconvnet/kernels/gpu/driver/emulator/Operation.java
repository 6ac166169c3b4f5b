package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;

/** A pure function of registers: a loop and the banks of its result and its sources. */
record Operation(Loop loop, Bank<?> result, List<Bank<?>> sources) {
}
