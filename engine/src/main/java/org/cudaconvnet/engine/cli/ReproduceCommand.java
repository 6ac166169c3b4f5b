package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.recipe.CachedBatches;
import org.cudaconvnet.engine.recipe.Recipe;
import org.cudaconvnet.engine.recipe.RecipeResult;
import org.cudaconvnet.engine.recipe.RecipeRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A published result from its archive to its test error; goes on where an interrupted run stopped. */
@Command(name = "reproduce",
        description = "Reproduces a published result, from the data archive to the test error.",
        footer = {"", "A run that was interrupted goes on from its last checkpoint when the same command is given again."})
final class ReproduceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "cifar-80sec, cifar-19pct, cifar-18pct, cifar-13pct or cifar-11pct.")
    private String name;

    @Option(names = "--data", paramLabel = "PATH", required = true,
            description = "CIFAR-10 as an archive (published python or binary version, or an image folder) or as a folder of batch files.")
    private Path data;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--device", paramLabel = "NAME", defaultValue = "cpu:0", description = "Device (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of a CPU device (default: all processors). Never changes bits.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--work", paramLabel = "DIR", defaultValue = "data", description = "Where converted data are kept (default: ${DEFAULT-VALUE}).")
    private Path work;

    @Option(names = "--save-path", paramLabel = "DIR", defaultValue = "runs", description = "Where checkpoints are kept (default: ${DEFAULT-VALUE}).")
    private Path savePath;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private Path json;

    @Override
    public Integer call() {
        Recipe recipe = Recipe.named(name);
        PrintWriter out = spec.commandLine().getOut();
        out.println(name + ": " + recipe.remark());
        out.flush();
        CachedBatches batches;
        try (ConversionProgress progress = new ConversionProgress("converting")) {
            batches = CachedBatches.of(data, work, progress);
        }
        Path folder = savePath.resolve("%s-seed%d-%s".formatted(name, seed, batches.shortDigest()));
        RecipeRun run = new RecipeRun(recipe, new RecipeRun.Setting(batches.folder(), folder, seed, device, threads));
        long start = System.nanoTime();
        int epochsDone = run.epochsDone();
        RecipeRun.Outcome outcome;
        try (RecipeProgress progress = new RecipeProgress(name, recipe, epochsDone)) {
            outcome = run.run(progress);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        RecipeResult result = RecipeResult.of(name, recipe, outcome, seed, device, epochsDone, seconds, data, batches.digest());
        out.print(result.table());
        if (json != null) {
            result.writeJson(json);
        }
        out.println("checkpoints: " + folder);
        return 0;
    }
}
