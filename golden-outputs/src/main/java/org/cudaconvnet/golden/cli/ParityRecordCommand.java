package org.cudaconvnet.golden.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.engine.cli.DeviceOptions;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult.Status;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.GoldenSets;
import org.cudaconvnet.golden.parity.ParityRecord;
import org.cudaconvnet.golden.report.DeviceRun;
import org.cudaconvnet.golden.report.TextReport;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceFacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks all golden sets on one device and writes a parity record; exit code 1 if a case fails, which the record then says. */
@Command(name = "record",
        description = "Runs all golden sets on a device and writes what it is, how every operation came out, and digests of all outputs.",
        footer = {"", "Examples:", "  convnet golden parity record --device=cuda:0",
            "  convnet golden parity record --device=cuda:0 \\",
            "      --sets=golden-outputs/golden-kernels records"})
final class ParityRecordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = "${sys:convnet.home:-.}/golden-outputs/parity-records",
            description = "Folder of the record, which is named by device and driver; an earlier one of that name is replaced (${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--sets", paramLabel = "DIR", defaultValue = "${sys:convnet.home:-.}/golden-outputs",
            description = "A folder with index.json, or one that holds such folders (${DEFAULT-VALUE}).")
    private Path sets;

    @Mixin
    private DeviceOptions device;

    @Override
    public Integer call() {
        List<GoldenSet> found = GoldenSets.find(sets);
        DeviceChoice choice = new DeviceChoice(device.device(), device.threads());
        DeviceFacts facts;
        try (Backend backend = choice.open(Set.of())) {
            facts = backend.facts();
        }
        DeviceRun run = GoldenCheck.run(found, choice, CaseFilter.ALL, spec.commandLine().getErr());
        ParityRecord record = ParityRecord.of(choice, facts, run);
        Path file = folder.resolve(record.fileName());
        ReportFile.writeJson(file, record);
        PrintWriter out = spec.commandLine().getOut();
        TextReport.print(run, out);
        out.println("record: " + file);
        out.flush();
        return run.count(Status.FAILED) > 0 ? 1 : 0;
    }
}
