package org.cudaconvnet.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.train.Checkpoint;
import org.cudaconvnet.engine.train.CheckpointDirectory;
import org.cudaconvnet.engine.train.CheckpointFile;
import org.cudaconvnet.engine.train.ModelOptions;
import org.cudaconvnet.engine.train.original.Generation;
import org.cudaconvnet.engine.train.original.OriginalCheckpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checkpoints of this engine and of the original. */
@Command(name = "checkpoints", description = "Shows checkpoints, and converts them from and to the format of the original.")
final class CheckpointsCommand {
    private static final String OWN_FORMAT = "npz";

    @Spec
    private CommandSpec spec;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "show", description = "Shows the options, layers and costs of a checkpoint of either format.",
            footer = {"", "Examples:", "  convnet checkpoints show runs/ConvNet__2012-07-25_12.00.00",
                "  convnet checkpoints show runs/ConvNet__2012-07-25_12.00.00/10.5 \\",
                "      --json=checkpoint.json"})
    int show(@Parameters(paramLabel = "PATH", description = "A checkpoint, or a directory whose newest one is taken.") Path path,
            @Mixin JsonOption json) {
        Path file = CheckpointDirectory.resolve(path);
        OriginalCheckpoint original = OriginalCheckpoint.isAt(file) ? OriginalCheckpoint.read(file) : null;
        Checkpoint checkpoint = original == null ? CheckpointFile.read(file) : original.checkpoint();
        CheckpointView view = CheckpointView.of(file, original == null ? OWN_FORMAT : original.generation().toString(), checkpoint);
        new ConsoleReport(out(), false).header(checkpoint.progress().options().over(ModelOptions.defaults()), null);
        LayerTable.print(view.layers(), out());
        out().printf("%s: format %s, epoch %d, batch %d, %d training batches, %d tests%n", file, view.format(), view.epoch(),
                view.batchNumber(), view.trainOutputs().size(), view.testOutputs().size());
        printLast("training batch", checkpoint.progress().trainOutputs());
        checkpoint.progress().testOutputs().forEach(test -> out().printf("test: %s(%d cases)%n", ConsoleReport.costs(test), test.cases()));
        json.write(view);
        return 0;
    }

    private void printLast(String what, List<Cost> costs) {
        if (!costs.isEmpty()) {
            Cost last = costs.get(costs.size() - 1);
            out().printf("last %s: %s(%d cases)%n", what, ConsoleReport.costs(last), last.cases());
        }
    }

    @Command(name = "convert",
            description = {"Converts a checkpoint.", "The original stores no seed and no state of random numbers: a run that goes on from "
                + "such a checkpoint draws anew from --seed."},
            footer = {"", "Examples:", "  convnet checkpoints convert ConvNet__2012-07-25_12.00.00/10.5 10.5.npz \\",
                "      --format=npz",
                "  convnet checkpoints convert runs/ConvNet__2026-01-01_12.00.00 old \\",
                "      --format=v1 --zip"})
    int convert(@Parameters(paramLabel = "FROM", description = "A checkpoint, or a directory whose newest one is taken.") Path from,
            @Parameters(paramLabel = "TO", description = "The file to write, or a directory for EPOCH.BATCH.") Path to,
            @Option(names = "--format", required = true, paramLabel = "NAME",
                    description = "npz (this engine's), v1 or 2012 (pickles of the original's releases).") String format,
            @Option(names = "--zip", description = "Compress, as --zip-save=1 does.") boolean zip) throws IOException {
        Path source = CheckpointDirectory.resolve(from);
        Checkpoint checkpoint = CheckpointFile.read(source);
        Path target = Files.isDirectory(to)
                ? new CheckpointDirectory(to).file(checkpoint.progress().epoch(), checkpoint.progress().batchNumber()) : to;
        if (Files.exists(target) && Files.isSameFile(source, target)) {
            throw new InputException(target + ": found the checkpoint to convert, expected another file");
        }
        switch (format) {
            case OWN_FORMAT -> CheckpointFile.write(target, checkpoint, zip);
            case "v1" -> OriginalCheckpoint.write(target, checkpoint, Generation.V1, zip);
            case "2012" -> OriginalCheckpoint.write(target, checkpoint, Generation.IMAGENET_2012, zip);
            default -> throw new InputException("--format: found \"" + format + "\", expected npz, v1 or 2012");
        }
        out().printf("%s: %d layers, epoch %d, batch %d, format %s%n", target, checkpoint.layers().size(), checkpoint.progress().epoch(),
                checkpoint.progress().batchNumber(), format);
        return 0;
    }
}
