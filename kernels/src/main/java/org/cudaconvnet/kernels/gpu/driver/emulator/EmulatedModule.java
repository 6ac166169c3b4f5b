package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;
import org.cudaconvnet.kernels.gpu.driver.GpuModule;
import org.cudaconvnet.kernels.gpu.driver.KernelParameters;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxException;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxModule;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxVariable;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.StateSpace;

/** A module on a virtual device: its variables have memory, its kernels are decoded when they are asked for. */
final class EmulatedModule implements GpuModule {
    private final EmulatedDriver driver;
    private final PtxModule ptx;
    private final KernelParameters parameters;
    private final Map<String, Long> globals = new HashMap<>();
    private final List<Segment> variables = new ArrayList<>();
    private final Map<String, EmulatedFunction> functions = new HashMap<>();

    EmulatedModule(EmulatedDriver driver, PtxModule ptx, KernelParameters parameters) {
        this.driver = driver;
        this.ptx = ptx;
        this.parameters = parameters;
        for (PtxVariable variable : ptx.variables()) {
            if (variable.space() == StateSpace.GLOBAL || variable.space() == StateSpace.CONST) {
                Segment segment = place(variable);
                variables.add(segment);
                globals.put(variable.name(), segment.base);
            }
        }
    }

    private Segment place(PtxVariable variable) {
        Segment segment = driver.memory().allocate("variable " + variable.name(), Math.max(variable.bytes(), 1));
        if (segment == null) {
            throw new GpuException(driver.name(), "out of memory: variable " + variable.name() + " of module " + name());
        }
        // Variables without an initial value are zero (PTX ISA, "Initializers").
        Arrays.fill(segment.words, 0);
        byte[] initial = variable.initial() == null ? new byte[0] : variable.initial();
        for (int i = 0; i < initial.length; i++) {
            segment.words[i >> 2] |= (initial[i] & 0xff) << 8 * (i & 3);
        }
        segment.markWritten(0, segment.words.length);
        return segment;
    }

    EmulatedDriver driver() {
        return driver;
    }

    @Override
    public String name() {
        return ptx.name();
    }

    @Override
    public GpuFunction function(String kernel) {
        return functions.computeIfAbsent(kernel, this::decode);
    }

    private EmulatedFunction decode(String kernel) {
        PtxFunction function = ptx.functions().get(kernel);
        if (function == null || !function.kernel()) {
            throw new GpuException(driver.name(), "module " + name() + " has no kernel " + kernel);
        }
        try {
            return new EmulatedFunction(this, Decoder.decode(ptx, function, globals), parameters);
        } catch (PtxException e) {
            throw new GpuException(driver.name(), "kernel " + kernel + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        variables.forEach(segment -> driver.memory().free(segment.base));
        variables.clear();
    }
}
