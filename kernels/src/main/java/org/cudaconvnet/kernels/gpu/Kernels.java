package org.cudaconvnet.kernels.gpu;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;
import org.cudaconvnet.kernels.gpu.driver.GpuModule;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.cudaconvnet.kernels.ptx.PtxModules;

/** The kernels on one device: loads a module when one of its kernels is launched first. */
final class Kernels {
    private static final DevicePointer NULL = new DevicePointer(0);

    private final GpuDriver driver;
    private final Arithmetic arithmetic;
    private final UnaryOperator<String> texts;
    private final Map<String, GpuModule> modules = new HashMap<>();
    private final Map<String, GpuFunction> functions = new HashMap<>();

    /** @param texts the PTX of a module by its name */
    Kernels(GpuDriver driver, Arithmetic arithmetic, UnaryOperator<String> texts) {
        this.driver = driver;
        this.arithmetic = arithmetic;
        this.texts = texts;
    }

    GpuDriver driver() {
        return driver;
    }

    /**
     * Launches a kernel in the device's default stream.
     *
     * @param module    as its source is called
     * @param arguments in the order of the kernel's parameters: matrices, null for a null pointer, booleans for 0 and 1, and what
     *                  {@link GpuDriver#launch} takes
     */
    void launch(String module, String kernel, LaunchGeometry geometry, Object... arguments) {
        GpuFunction function = functions.computeIfAbsent(module + " " + kernel,
                key -> modules.computeIfAbsent(module, this::load).function(kernel));
        driver.launch(function, geometry, driver.defaultStream(), Arrays.stream(arguments).map(this::argument).toArray());
    }

    private GpuModule load(String module) {
        String approximate = module + "_2012";
        boolean hasApproximate = PtxModules.manifest().modules().containsKey(approximate);
        String name = arithmetic == Arithmetic.PORTABLE || !hasApproximate ? module : approximate;
        return driver.load(name, texts.apply(name));
    }

    private Object argument(Object argument) {
        if (argument == null) {
            return NULL;
        }
        if (argument instanceof Matrix matrix) {
            return GpuMemory.pointer(matrix, driver);
        }
        return argument instanceof Boolean flag ? (Object) (flag ? 1 : 0) : argument;
    }

    static int ceilDiv(long a, int b) {
        return Math.toIntExact((a + b - 1) / b);
    }
}
