package org.cudaconvnet.kernels.assemble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every kernel needs on every architecture.
 *
 * @param compiler version of the CUDA toolkit that the PTX compiler is of
 * @param kernels  by module and kernel in alphabetical order, then by architecture ascending
 * @param errors   what could not be compiled and why
 */
public record ResourceTable(String compiler, List<KernelResources> kernels, List<String> errors) {
    private record Job(String module, String text, String architecture) {
    }

    /**
     * Compiles all modules for all {@link PtxAssembler#ARCHITECTURES}.
     *
     * @param modules text of PTX by module name
     */
    public static ResourceTable of(Map<String, String> modules) {
        String compiler = PtxAssembler.version();
        List<Job> jobs = new ArrayList<>();
        modules.forEach((module, text) ->
                PtxAssembler.ARCHITECTURES.forEach(architecture -> jobs.add(new Job(module, text, architecture))));
        Map<Job, String> errors = new ConcurrentHashMap<>();
        List<KernelResources> kernels = jobs.parallelStream().flatMap(job -> {
            try {
                return PtxAssembler.assemble(job.module(), job.text(), job.architecture()).kernels().stream();
            } catch (AssemblyException e) {
                errors.put(job, e.getMessage());
                return null;
            }
        }).sorted(Comparator.comparing(KernelResources::module).thenComparing(KernelResources::kernel)
                .thenComparing(KernelResources::architecture)).toList();
        return new ResourceTable(compiler, kernels, jobs.stream().filter(errors::containsKey).map(errors::get).toList());
    }

    /** True if every kernel was compiled for every architecture without spilling registers. */
    public boolean passes() {
        return errors.isEmpty() && kernels.stream().noneMatch(KernelResources::spills);
    }
}
