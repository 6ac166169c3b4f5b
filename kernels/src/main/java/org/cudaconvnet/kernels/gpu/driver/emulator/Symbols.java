package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxVariable;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.StateSpace;

/** Where the variables that a kernel can name lie: addresses within their state space. Open arrays of shared memory come last. */
final class Symbols {
    /** Space and address of a variable. Variables of device functions' parameters live in local memory. */
    record Place(StateSpace space, long address) {
    }

    private final Map<String, Place> places = new HashMap<>();
    private long sharedBytes;
    private long localBytes;

    /** @param globals addresses of the module's variables in global and constant memory */
    Symbols(PtxFunction kernel, List<PtxVariable> moduleVariables, Map<String, Long> globals) {
        globals.forEach((name, address) -> places.put(name, new Place(StateSpace.GLOBAL, address)));
        parameterOffsets(kernel.parameters()).forEach((name, offset) -> places.put(name, new Place(StateSpace.PARAM, offset)));
        for (PtxVariable variable : moduleVariables) {
            if (variable.space() == StateSpace.SHARED) {
                place(variable);
            }
        }
        kernel.variables().forEach(this::place);
        for (PtxVariable variable : moduleVariables) {
            if (variable.space() == StateSpace.SHARED && variable.bytes() == 0) {
                sharedBytes = aligned(sharedBytes, variable.align());
            }
        }
        for (PtxVariable variable : moduleVariables) {
            if (variable.space() == StateSpace.SHARED && variable.bytes() == 0) {
                places.put(variable.name(), new Place(StateSpace.SHARED, sharedBytes));
            }
        }
    }

    /** Offsets of a kernel's parameters in parameter memory. */
    static Map<String, Long> parameterOffsets(List<PtxVariable> parameters) {
        Map<String, Long> offsets = new HashMap<>();
        long end = 0;
        for (PtxVariable parameter : parameters) {
            end = aligned(end, parameter.align());
            offsets.put(parameter.name(), end);
            end += parameter.bytes();
        }
        return offsets;
    }

    private void place(PtxVariable variable) {
        if (variable.space() == StateSpace.SHARED && variable.bytes() > 0) {
            sharedBytes = aligned(sharedBytes, variable.align());
            places.put(variable.name(), new Place(StateSpace.SHARED, sharedBytes));
            sharedBytes += variable.bytes();
        } else if (variable.space() == StateSpace.LOCAL || variable.space() == StateSpace.PARAM) {
            localBytes = aligned(localBytes, variable.align());
            places.put(variable.name(), new Place(StateSpace.LOCAL, localBytes));
            localBytes += variable.bytes();
        }
    }

    private static long aligned(long address, int align) {
        return (address + align - 1) / align * align;
    }

    /** Null if there is no such variable. */
    Place find(String name) {
        return places.get(name);
    }

    int sharedBytes() {
        return Math.toIntExact(sharedBytes);
    }

    int localBytes() {
        return Math.toIntExact(localBytes);
    }
}
