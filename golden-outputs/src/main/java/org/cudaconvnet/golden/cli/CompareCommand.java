package org.cudaconvnet.golden.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cudaconvnet.golden.compare.Comparison;
import org.cudaconvnet.golden.compare.Differences;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says where two sets of stored arrays part; exit code 1 if they do. */
@Command(name = "compare",
        description = "Compares two folders of array files, or two array files (.npz, checkpoints), bit by bit.",
        footer = {"", "Examples:", "  convnet golden compare golden-outputs/golden-2012/kernels my-port/kernels",
            "  convnet golden compare runs/a/10.5 runs/b/10.5"})
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "Folder, .npz file or checkpoint.")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "Folder, .npz file or checkpoint.")
    private Path b;

    @Override
    public Integer call() {
        Differences differences = Comparison.of(a, b);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d arrays compared, %d differ%n", differences.arrays(), differences.differentArrays());
        differences.distribution().forEach(line -> out.printf("  %s%n", line));
        differences.structure().forEach(out::println);
        if (differences.first() != null) {
            out.printf("first: %s%n", differences.first());
            out.printf("worst: %s%n", differences.worst());
        }
        out.flush();
        return differences.none() ? 0 : 1;
    }
}
