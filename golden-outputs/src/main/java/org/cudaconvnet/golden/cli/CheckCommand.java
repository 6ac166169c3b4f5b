package org.cudaconvnet.golden.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.cli.JsonOption;
import org.cudaconvnet.engine.cli.ThreadsOption;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.GoldenSets;
import org.cudaconvnet.golden.report.DeviceRun;
import org.cudaconvnet.golden.report.JUnitReport;
import org.cudaconvnet.golden.report.JsonReport;
import org.cudaconvnet.golden.report.TextReport;
import org.cudaconvnet.kernels.Arithmetic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs every golden case below a folder; exit code 1 if one fails. */
@Command(name = "check",
        description = "Runs every case of golden sets on a device and compares the results.",
        footer = {"", "Examples:", "  convnet golden check golden-outputs/golden-2012",
            "  convnet golden check golden-outputs/golden-2012 --only=conv* \\",
            "      --json=report.json --junit=report.xml",
            "  convnet golden check golden-outputs/golden-2012/kernels --device=cpu:0 \\",
            "      --device=emulated:0",
            "  convnet golden check golden-outputs/golden-2012/twogpu --device=cpu:0,cpu:1"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A folder with index.json, or one that holds such folders.")
    private Path folder;

    @Option(names = "--device", paramLabel = "NAME", defaultValue = "cpu:0", description =
        "Device (default: ${DEFAULT-VALUE}). May be repeated: in portable arithmetic the outputs of every further device "
        + "are then compared bit for bit with those of the first. A list such as cpu:0,cpu:1 runs nets on all of its devices, "
        + "kernels on the first.")
    private List<String> devices;

    @Mixin
    private ThreadsOption threads;

    @Option(names = "--math", paramLabel = "NAME", defaultValue = "portable", description = {
        "portable: our exp, log, pow and matrix product, checked with tolerances (default);",
        "2012: those of the golden data, where everything must agree bit for bit (slow)."})
    private String math;

    @Option(names = "--only", paramLabel = "GLOB", defaultValue = "*", description = "Only cases whose name or operation matches.")
    private String only;

    @Mixin
    private JsonOption json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the report as JUnit XML.")
    private Path junit;

    @Override
    public Integer call() {
        List<GoldenSet> sets = GoldenSets.find(folder);
        CaseFilter filter = new CaseFilter(only);
        if (sets.stream().allMatch(set -> set.count(filter) == 0)) {
            throw new InputException(folder + ": no case matches --only " + only);
        }
        Arithmetic arithmetic = arithmetic();
        List<DeviceChoice> choices = devices.stream().map(device -> new DeviceChoice(device, threads.threads(), arithmetic)).toList();
        List<DeviceRun> runs = new ArrayList<>();
        for (DeviceChoice device : choices) {
            runs.add(print(GoldenCheck.run(sets, device, filter, spec.commandLine().getErr())));
        }
        // The approximate instructions of 2012 are specified to an accuracy only, so devices may differ there.
        List<DeviceChoice> others = arithmetic == Arithmetic.PORTABLE ? choices.subList(1, choices.size()) : List.of();
        for (DeviceChoice device : others) {
            runs.add(print(GoldenCheck.compare(sets, choices.get(0), device, filter, spec.commandLine().getErr())));
        }
        json.write(JsonReport.of(folder, runs));
        if (junit != null) {
            JUnitReport.write(runs, junit);
        }
        return runs.stream().anyMatch(run -> run.count(CaseResult.Status.FAILED) > 0) ? 1 : 0;
    }

    private DeviceRun print(DeviceRun run) {
        PrintWriter out = spec.commandLine().getOut();
        TextReport.print(run, out);
        out.flush();
        return run;
    }

    private Arithmetic arithmetic() {
        return switch (math) {
            case "portable" -> Arithmetic.PORTABLE;
            case "2012" -> Arithmetic.ROUNDED_2012;
            default -> throw new InputException("--math " + math + ": expected portable or 2012");
        };
    }
}
