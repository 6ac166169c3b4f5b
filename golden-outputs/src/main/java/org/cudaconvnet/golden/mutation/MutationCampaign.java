package org.cudaconvnet.golden.mutation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.kernelcases.KernelSet;
import org.cudaconvnet.golden.mutation.KernelMutation.Kind;
import org.cudaconvnet.kernels.cpu.CpuThreads;

/** Breaks kernels in every way, one fault at a time, and sees whether their golden cases notice. */
public final class MutationCampaign {
    private final List<KernelMutation> mutations = new ArrayList<>();

    /** All faults of some kinds in some kernels. */
    public MutationCampaign(List<KernelText> kernels, Set<Kind> kinds) {
        for (KernelText kernel : kernels) {
            kernel.mutations().stream().filter(mutation -> kinds.contains(mutation.kind())).forEach(mutations::add);
        }
    }

    /** Keeps {@code perKernel} faults of each kind and kernel, drawn without replacement. */
    public void sample(int perKernel, long seed) {
        Random random = new Random(seed);
        Map<List<Object>, List<KernelMutation>> groups = new HashMap<>();
        for (KernelMutation mutation : mutations) {
            groups.computeIfAbsent(List.of(mutation.kernel(), mutation.kind()), key -> new ArrayList<>()).add(mutation);
        }
        List<KernelMutation> all = List.copyOf(mutations);
        mutations.clear();
        for (KernelMutation mutation : all) {
            List<KernelMutation> group = groups.remove(List.of(mutation.kernel(), mutation.kind()));
            if (group != null) {
                Collections.shuffle(group, random);
                mutations.addAll(group.subList(0, Math.min(perKernel, group.size())));
            }
        }
    }

    public int size() {
        return mutations.size();
    }

    /**
     * Tries all of them, on several host threads.
     *
     * @param report told of every result as soon as it is known, one at a time
     * @return the results in the order of the kernels and their instructions
     * @throws InputException if the set lacks a case for a kernel or a case fails with the unbroken kernel
     */
    public List<MutationResult> run(KernelSet set, Equivalents equivalents, int threads, Consumer<MutationResult> report) {
        Map<KernelText, GoldenTrial> trials = new HashMap<>();
        mutations.stream().map(KernelMutation::kernel).distinct()
                .forEach(kernel -> trials.put(kernel, new GoldenTrial(set, kernel, equivalents)));
        MutationResult[] results = new MutationResult[mutations.size()];
        try (CpuThreads workers = new CpuThreads(threads)) {
            workers.forEach(results.length, 1, (from, to) -> {
                for (int i = from; i < to; i++) {
                    KernelMutation mutation = mutations.get(i);
                    results[i] = trials.get(mutation.kernel()).of(mutation);
                    synchronized (report) {
                        report.accept(results[i]);
                    }
                }
            });
        }
        return Arrays.asList(results);
    }
}
