package org.cudaconvnet.golden.kernelcases;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.CaseResult.Status;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A fault in the PTX of any convolution kernel fails its golden case")
class KernelMutationTest {
    private static final KernelSet SET = (KernelSet) GoldenSets.find(Path.of("golden-kernels")).get(0);
    /** Of each kind and kernel, where not all are tried. */
    private static final int SAMPLES = 6;

    /** @param module as the kernel's source is called */
    private record Kernel(String module, String name) {
        /** Named after the kernel, as in convFilterActs_f96_i128. */
        String goldenCase() {
            return "conv" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }

        List<KernelMutation> mutations(BiFunction<String, String, List<KernelMutation>> fault) {
            return fault.apply(PtxModules.text(module), name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kernel> kernels() {
        return Stream.of("filter_acts", "img_acts", "weight_acts")
                .flatMap(module -> PtxModules.text(module).lines().filter(line -> line.startsWith(".visible .entry "))
                        .map(line -> new Kernel(module, line.substring(line.lastIndexOf(' ') + 1, line.indexOf('(')))));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theGoldenCaseOfAKernelRunsThatKernelAlone(Kernel kernel) {
        List<String> launched = new ArrayList<>();
        assertThat(check(kernel, UnaryOperator.identity(), launched).status()).isEqualTo(Status.PASSED);
        assertThat(launched).containsExactly(kernel.name());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void deletingAnFmaFails(Kernel kernel) {
        assertThat(survivors(kernel, sample(kernel.mutations(KernelMutation::withoutOneFma)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void deletingAnyBarrierFails(Kernel kernel) {
        assertThat(survivors(kernel, kernel.mutations(KernelMutation::withoutOneBarrier))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void changingAnOffsetInSharedMemoryFails(Kernel kernel) {
        assertThat(survivors(kernel, sample(kernel.mutations(KernelMutation::withAnotherSharedOffset)))).isEmpty();
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("kernels")
    void deletingAnyFmaFails(Kernel kernel) {
        assertThat(survivors(kernel, kernel.mutations(KernelMutation::withoutOneFma))).isEmpty();
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("kernels")
    void changingAnyOffsetInSharedMemoryFails(Kernel kernel) {
        assertThat(survivors(kernel, kernel.mutations(KernelMutation::withAnotherSharedOffset))).isEmpty();
    }

    /** Evenly spread from the first to the last. */
    private static List<KernelMutation> sample(List<KernelMutation> all) {
        assertThat(all).hasSizeGreaterThan(SAMPLES);
        return IntStream.range(0, SAMPLES).mapToObj(i -> all.get(i * (all.size() - 1) / (SAMPLES - 1))).toList();
    }

    private static List<KernelMutation> survivors(Kernel kernel, List<KernelMutation> mutations) {
        assertThat(mutations).isNotEmpty();
        return mutations.stream()
                .filter(mutation -> check(kernel, ptx -> mutation.ptx(), new ArrayList<>()).status() == Status.PASSED).toList();
    }

    /** Checks the golden case of a kernel on an emulator in checker mode that changes every module before it loads it. */
    private static CaseResult check(Kernel kernel, UnaryOperator<String> change, List<String> launched) {
        List<CaseResult> results = new ArrayList<>();
        try (Backend backend = new GpuBackend(changing(EmulatedDriver.openChecked(0), change, launched), EnumSet.allOf(Defect.class),
                Arithmetic.PORTABLE)) {
            SET.check(backend, UnaryOperator.identity(), new CaseFilter(kernel.goldenCase()), results::add);
        }
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static GpuDriver changing(GpuDriver driver, UnaryOperator<String> change, List<String> launched) {
        return (GpuDriver) Proxy.newProxyInstance(GpuDriver.class.getClassLoader(), new Class<?>[] {GpuDriver.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("load")) {
                        return driver.load((String) arguments[0], change.apply((String) arguments[1]));
                    }
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
