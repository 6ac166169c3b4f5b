package org.cudaconvnet.golden.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.GoldenSets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the golden sets below a folder. */
@Command(name = "list", description = "Lists the golden sets below a folder with their number of cases.",
        footer = {"", "Example:", "  convnet golden list golden-outputs"})
final class ListCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A folder with index.json, or one that holds such folders.")
    private Path folder;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        for (GoldenSet set : GoldenSets.find(folder)) {
            out.printf("%-24s %6d%n", set.name(), set.count(CaseFilter.ALL));
        }
        out.flush();
    }
}
