package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.List;
import java.util.Map;

/**
 * A kernel or a device function.
 *
 * @param kernel        true for {@code .entry}
 * @param returns       what a device function returns
 * @param registers     declared registers by name
 * @param variables     variables declared in the body
 * @param labels        index into {@code instructions} by label
 * @param branchTargets lists of labels by their own label (for {@code brx.idx})
 */
public record PtxFunction(String name, int line, boolean kernel, List<PtxVariable> parameters, List<PtxVariable> returns,
                          Map<String, PtxType> registers, List<PtxVariable> variables, List<PtxInstruction> instructions,
                          Map<String, Integer> labels, Map<String, List<String>> branchTargets) {
}
