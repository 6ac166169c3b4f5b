package org.cudaconvnet.golden.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.cli.JsonOption;
import org.cudaconvnet.engine.cli.StepProgress;
import org.cudaconvnet.engine.cli.ThreadsOption;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.GoldenSets;
import org.cudaconvnet.golden.kernelcases.KernelSet;
import org.cudaconvnet.golden.mutation.Equivalents;
import org.cudaconvnet.golden.mutation.KernelMutation.Kind;
import org.cudaconvnet.golden.mutation.KernelText;
import org.cudaconvnet.golden.mutation.MutationCampaign;
import org.cudaconvnet.golden.mutation.MutationResult;
import org.cudaconvnet.golden.mutation.MutationResult.Outcome;
import org.cudaconvnet.golden.report.MutationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Breaks the PTX of the convolution kernels; exit code 1 if the golden cases miss a fault that is no equivalent program. */
@Command(name = "mutate",
        description = {"Breaks the PTX of every convolution kernel, one fault at a time, and runs the kernel's golden cases on the emulator.",
            "Each must fail, by its values or because the emulator's checker stops the run. All faults take a few minutes."},
        footer = {"", "Examples:", "  convnet golden mutate golden-outputs/golden-kernels --sample=10",
            "  convnet golden mutate golden-outputs/golden-kernels --kernel=imgActs_* \\",
            "      --kind=constant --json=report.json"})
final class MutateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A set with cases that are named after the kernels, such as golden-outputs/golden-kernels.")
    private Path folder;

    @Option(names = "--kernel", paramLabel = "GLOB", defaultValue = "*", description = "Only kernels whose name matches, such as filterActs_*.")
    private String kernel;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only faults of this kind: fma, bar.sync or constant. May be repeated.")
    private List<String> kinds = List.of();

    @Option(names = "--sample", paramLabel = "N", description = "Only N faults of each kind and kernel, drawn at random.")
    private Integer sample;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the sample (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        CaseFilter filter = new CaseFilter(kernel);
        List<KernelText> kernels = KernelText.convolutions().stream().filter(each -> filter.accepts(each.module(), each.name())).toList();
        if (kernels.isEmpty()) {
            throw new InputException("--kernel " + kernel + ": matches none of "
                    + KernelText.convolutions().stream().map(KernelText::name).collect(Collectors.joining(", ")));
        }
        MutationCampaign campaign = new MutationCampaign(kernels, kinds());
        if (sample != null) {
            InputException.requireAtLeast(1, sample, "--sample");
            campaign.sample(sample, seed);
        }
        List<MutationResult> results;
        try (StepProgress progress = new StepProgress("mutations", "mutations", "survived", campaign.size(), spec.commandLine().getErr())) {
            results = campaign.run(set(), Equivalents.load(), threads.threads(),
                    result -> progress.step(result.outcome() == Outcome.SURVIVED));
        }
        MutationReport report = MutationReport.of(results);
        report.print(spec.commandLine().getOut());
        json.write(report);
        return report.survivors().isEmpty() ? 0 : 1;
    }

    private Set<Kind> kinds() {
        Set<Kind> chosen = kinds.isEmpty() ? EnumSet.allOf(Kind.class) : EnumSet.noneOf(Kind.class);
        for (String label : kinds) {
            chosen.add(Arrays.stream(Kind.values()).filter(kind -> kind.label().equals(label)).findFirst()
                    .orElseThrow(() -> new InputException("--kind " + label + ": expected fma, bar.sync or constant")));
        }
        return chosen;
    }

    private KernelSet set() {
        List<GoldenSet> sets = GoldenSets.find(folder);
        if (sets.size() == 1 && sets.get(0) instanceof KernelSet set) {
            return set;
        }
        throw new InputException(folder + ": expected one set of single calls, such as golden-outputs/golden-kernels");
    }
}
