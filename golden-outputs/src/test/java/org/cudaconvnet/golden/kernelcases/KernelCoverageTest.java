package org.cudaconvnet.golden.kernelcases;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.GoldenSets;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.gpu.GpuBackend;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.cudaconvnet.kernels.ptx.PtxModules;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("The golden cases of single operations")
class KernelCoverageTest {
    private static final Pattern ENTRY = Pattern.compile("\\.visible \\.entry (\\w+)\\(");
    /** Taken only in the arithmetic of 2012; the products of golden-2012/kernels launch it there. */
    private static final String ONLY_IN_2012 = "kRoundedMatrixProduct";

    private final Set<String> launched = new TreeSet<>();

    /** Launchers choose by the number of multiprocessors, so one and two are tried. */
    @Test
    @Tag("slow")
    void launchEveryCudaKernelAndPass() {
        for (int multiprocessors = 1; multiprocessors <= 2; multiprocessors++) {
            GpuDriver driver = noting(EmulatedDriver.open(0, multiprocessors));
            try (Backend backend = new GpuBackend(driver, EnumSet.allOf(Defect.class), Arithmetic.PORTABLE, PtxModules::text)) {
                for (Path set : new Path[] {Path.of("golden-2012/kernels"), Path.of("golden-kernels"), Path.of("golden-operations")}) {
                    KernelSet cases = (KernelSet) GoldenSets.find(set).get(0);
                    assertThat(cases.firstFailure(backend, CaseFilter.ALL)).as(set.toString()).isEmpty();
                }
            }
        }
        assertThat(launched).containsExactlyElementsOf(kernels());
    }

    private static Set<String> kernels() {
        Set<String> kernels = new TreeSet<>();
        PtxModules.manifest().modules().keySet().forEach(module ->
                ENTRY.matcher(PtxModules.text(module)).results().forEach(entry -> kernels.add(entry.group(1))));
        kernels.remove(ONLY_IN_2012);
        return kernels;
    }

    private GpuDriver noting(GpuDriver driver) {
        return (GpuDriver) Proxy.newProxyInstance(GpuDriver.class.getClassLoader(), new Class<?>[] {GpuDriver.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("launch")) {
                        launched.add(((GpuFunction) arguments[0]).name());
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
