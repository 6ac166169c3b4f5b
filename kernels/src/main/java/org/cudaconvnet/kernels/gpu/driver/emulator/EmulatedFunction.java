package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;
import java.util.Map;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;
import org.cudaconvnet.kernels.gpu.driver.KernelParameters;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxVariable;

/** A decoded kernel of a module. */
record EmulatedFunction(EmulatedModule module, KernelCode code, KernelParameters declared) implements GpuFunction {
    @Override
    public String name() {
        return code.name();
    }

    /** @throws IllegalArgumentException if the arguments do not fit the parameters */
    void check(Object... arguments) {
        declared.check(name(), arguments);
    }

    /** Parameter memory with the arguments. */
    Segment parameters(Object... arguments) {
        List<PtxVariable> parameters = code.parameters();
        Map<String, Long> offsets = Symbols.parameterOffsets(parameters);
        long bytes = 0;
        for (PtxVariable parameter : parameters) {
            bytes = Math.max(bytes, offsets.get(parameter.name()) + parameter.bytes());
        }
        Segment segment = Segment.of("parameter memory", AddressSpace.PARAM, bytes, module.driver().memory().checked());
        for (int i = 0; i < arguments.length; i++) {
            int word = (int) (offsets.get(parameters.get(i).name()) >>> 2);
            long bits = bits(arguments[i]);
            segment.words[word] = (int) bits;
            if (parameters.get(i).bytes() == Long.BYTES) {
                segment.words[word + 1] = (int) (bits >>> 32);
            }
        }
        segment.markWritten(0, segment.words.length);
        return segment;
    }

    private static long bits(Object argument) {
        if (argument instanceof DevicePointer pointer) {
            return pointer.address();
        }
        if (argument instanceof Float number) {
            return Float.floatToRawIntBits(number);
        }
        return argument instanceof Double number ? Double.doubleToRawLongBits(number) : ((Number) argument).longValue();
    }
}
