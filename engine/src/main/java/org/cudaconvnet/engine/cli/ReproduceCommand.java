package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.recipe.CachedBatches;
import org.cudaconvnet.engine.recipe.Recipe;
import org.cudaconvnet.engine.recipe.RecipeResult;
import org.cudaconvnet.engine.recipe.RecipeRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A published result from its archive to its test error; goes on where an interrupted run stopped. */
@Command(name = "reproduce",
        description = "Reproduces a published result, from the data archive to the test error.",
        footer = {"", "A run that was interrupted goes on from its last checkpoint when the same command is given again.", "",
            "Examples:", "  convnet reproduce cifar-80sec --data cifar-10-python.tar.gz",
            "  convnet reproduce cifar-80sec --data cifar-10-python.tar.gz --seed=2 \\",
            "      --json=result.json",
            "  convnet reproduce alexnet-145 --data ilsvrc-2012.tar --device=cuda:0,cuda:1"})
final class ReproduceCommand implements Callable<Integer> {
    private static final class RecipeNames extends ArrayList<String> {
        RecipeNames() {
            super(Recipe.NAMES);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", completionCandidates = RecipeNames.class, description = "One of ${COMPLETION-CANDIDATES}.")
    private String name;

    @Option(names = "--data", paramLabel = "PATH", required = true,
            description = {
        "An archive or a folder of batch files. CIFAR-10: the published python or binary version, or images under train/CLASS and test/CLASS.",
        "The alexnets: images of ImageNet likewise, or JPEG batches of 256 x 256 images; figures on other classes are not comparable."})
    private Path data;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DeviceOptions device;

    @Option(names = "--work", paramLabel = "DIR", defaultValue = "data", description = "Where converted data are kept (default: ${DEFAULT-VALUE}).")
    private Path work;

    @Option(names = "--save-path", paramLabel = "DIR", defaultValue = "runs", description = "Where checkpoints are kept (default: ${DEFAULT-VALUE}).")
    private Path savePath;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Recipe recipe = Recipe.named(name);
        PrintWriter out = spec.commandLine().getOut();
        out.println(name + ": " + recipe.remark());
        out.flush();
        CachedBatches batches;
        try (ConversionProgress progress = new ConversionProgress("converting")) {
            batches = CachedBatches.of(data, work, recipe.photos() == null ? 0 : recipe.photos().side(), progress);
        }
        Path folder = savePath.resolve("%s-seed%d-%s".formatted(name, seed, batches.shortDigest()));
        RecipeRun run = new RecipeRun(recipe, new RecipeRun.Setting(batches.folder(), folder, seed, device.device(), device.threads()));
        long start = System.nanoTime();
        int epochsDone = run.epochsDone();
        RecipeRun.Outcome outcome;
        try (RecipeProgress progress = new RecipeProgress(name, run.recipe(), epochsDone)) {
            outcome = run.run(progress);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        RecipeResult result = RecipeResult.of(name, recipe, run.classes(), outcome, seed, device.device(), epochsDone, seconds, data,
                batches.digest());
        out.print(result.table());
        json.write(result);
        out.println("checkpoints: " + folder);
        return 0;
    }
}
