package org.cudaconvnet.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.convert.Conversion;
import org.cudaconvnet.datasets.drawn.DrawnArchive;
import org.cudaconvnet.datasets.drawn.DrawnSet;
import org.cudaconvnet.datasets.manifest.DataFile;
import org.cudaconvnet.datasets.manifest.Dataset;
import org.cudaconvnet.datasets.manifest.Manifest;
import org.cudaconvnet.engine.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything about data sets. */
@Command(name = "datasets", description = "Lists, verifies, converts and draws data sets.")
final class DatasetsCommand {
    @Spec
    private CommandSpec spec;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", description = "Lists the known data sets, their files and digests.",
            footer = {"", "Example:", "  convnet datasets list"})
    int list() {
        for (Dataset dataset : Manifest.load().datasets()) {
            out().printf("%s: %s%n    source: %s%n    batches: %s%n", dataset.name(), dataset.title(), dataset.source(), dataset.layout());
            for (DataFile file : dataset.files()) {
                out().println("    file: " + file.name() + ", " + file.content() + (file.bytes() == null ? "" : ", " + file.bytes() + " bytes")
                        + (file.md5() == null ? "" : ", MD5 " + file.md5())
                        + (file.sha256() == null ? "" : ", SHA-256 " + file.sha256()));
            }
        }
        return 0;
    }

    @Command(name = "verify",
            description = "Compares an archive with its recorded size and digests, or reads every batch of a folder of batch files.",
            footer = {"", "Examples:", "  convnet datasets verify cifar-10-python.tar.gz", "  convnet datasets verify data/cifar-10"})
    int verify(@Parameters(paramLabel = "PATH",
            description = "A file under its published name, or a folder with batches.meta.") Path path) {
        if (BatchDirectory.isAt(path)) {
            BatchDirectory directory = BatchDirectory.open(path);
            directory.batchNumbers().forEach(directory.holdsJpegs() ? directory::readJpegs : directory::read);
            describe(directory);
            return 0;
        }
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        for (Dataset dataset : Manifest.load().datasets()) {
            for (DataFile file : dataset.files()) {
                if (file.name().equals(name) && file.hasDigest()) {
                    file.verify(path);
                    out().printf("%s: as published, %s of %s%n", path, name, dataset.name());
                    return 0;
                }
            }
        }
        throw new InputException(path + ": neither a folder of batch files nor a file with a recorded digest; see \"datasets list\"");
    }

    @Command(name = "convert", description = "Turns an archive or a folder of images into batch files.",
            footer = {"", "Examples:",
                "  convnet datasets convert cifar-10-python.tar.gz data/cifar-10",
                "  convnet datasets convert images.zip data/images --train-batches=8",
                "  convnet datasets convert photos.tar data/photos --jpeg"})
    int convert(
            @Parameters(paramLabel = "SOURCE", description = "Archive (tar, zip; gzip, bzip2, xz) or folder: train/CLASS/* and "
                    + "test/CLASS/*, or CIFAR-10's published python or binary files.") Path source,
            @Parameters(paramLabel = "TARGET", description = "New folder for data_batch_N and batches.meta.") Path target,
            @Option(names = "--shuffle-seed", paramLabel = "N", defaultValue = "" + Conversion.DEFAULT_SHUFFLE_SEED,
                    description = "Seed of the order of images that come from folders (default: ${DEFAULT-VALUE}).") long shuffleSeed,
            @Option(names = "--train-batches", paramLabel = "N", defaultValue = "0",
                    description = "Training batches to make from folders (default: 5, or more for batches of at most 10000).")
            int trainBatches,
            @Option(names = "--jpeg", paramLabel = "SIDE", arity = "0..1", fallbackValue = "256",
                    description = "Make JPEG batches as the ImageNet nets read them: images of any size, scaled and cropped to a square of "
                            + "SIDE pixels (${FALLBACK-VALUE}); batches of 1024, those of training from 1, those of testing from 2000.")
            Integer jpegSize,
            @Option(names = "--sha256", paramLabel = "HEX", description = "Refuse the archive unless it has this digest.") String sha256) {
        if (jpegSize != null) {
            InputException.requireAtLeast(1, jpegSize, "--jpeg");
            if (trainBatches > 0) {
                throw new InputException("--train-batches=" + trainBatches + ": found with --jpeg, whose batches always have 1024 images");
            }
        }
        Conversion.Options options = new Conversion.Options(shuffleSeed, trainBatches, jpegSize == null ? 0 : jpegSize, sha256);
        try (ConversionProgress progress = new ConversionProgress("converting")) {
            describe(Conversion.convert(source, target, options, progress));
        }
        return 0;
    }

    private void describe(BatchDirectory directory) {
        out().printf("%s: batches %s, %d values per image, classes %s%n", directory.path(), directory.batchNumbers(),
                directory.meta().numVis(), String.join(", ", directory.meta().labelNames()));
    }

    @Command(name = "draw",
            description = "Draws the data set of the quick start as an image-folder archive (tar of PNG files).",
            footer = {"", "Example:", "  convnet datasets draw drawn.tar --train=1000 --test=200"})
    int draw(@Parameters(paramLabel = "FILE", description = "The archive to write.") Path file,
            @Option(names = "--seed", paramLabel = "N", defaultValue = "2012", description = "Seed (default: ${DEFAULT-VALUE}).") long seed,
            @Option(names = "--train", paramLabel = "N", defaultValue = "10000",
                    description = "Training images (default: ${DEFAULT-VALUE}).") int train,
            @Option(names = "--test", paramLabel = "N", defaultValue = "2000",
                    description = "Test images (default: ${DEFAULT-VALUE}).") int test)
            throws IOException {
        List<DrawnSet.Case> cases = new DrawnSet(seed, train, test).cases();
        DrawnArchive.write(cases, file);
        out().printf("%s: %d training and %d test images, seed %d, SHA-256 of the pixels %s%n", file, train, test, seed,
                DrawnSet.digest(cases));
        return 0;
    }
}
