package org.cudaconvnet.datasets.convert;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.archive.Digest;
import org.cudaconvnet.datasets.archive.Entries;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.image.DecodedImage;

/**
 * Turns an archive or folder of images into a directory of batch files. The layout is told by the names of the entries: images
 * under {@code train/CLASS} and {@code test/CLASS}, or CIFAR-10's published python or binary files.
 */
public final class Conversion {
    /** The seed that shuffles training images of an image folder where no other is given. */
    public static final long DEFAULT_SHUFFLE_SEED = 2012;

    private Conversion() {
    }

    /**
     * What can be chosen.
     *
     * @param shuffleSeed  seed of the order of training images that come from folders; the published archives keep their order
     * @param trainBatches training batches to make from folders; 0 for batches of at most 10 000 images, but at least five, so
     *                     that the ranges of the original's recipes fit
     * @param jpegSize     side of the images in JPEG batches made from folders; 0 for batches of pixels
     * @param sha256       digest that the archive must have; null to take any
     */
    public record Options(long shuffleSeed, int trainBatches, int jpegSize, String sha256) {
        public static final Options DEFAULT = new Options(DEFAULT_SHUFFLE_SEED, 0, 0, null);

        public Options {
            if (trainBatches < 0) {
                throw new DatasetException("training batches: found " + trainBatches + ", expected at least 1, or 0 for the usual number");
            }
            if (jpegSize < 0 || jpegSize > DecodedImage.LARGEST_SIDE) {
                throw new DatasetException("side of JPEG images: found " + jpegSize + ", expected 1 to " + DecodedImage.LARGEST_SIDE);
            }
        }
    }

    /** Hears how far a conversion is; called from one thread at a time. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (done, total) -> { };

        void images(int done, int total);
    }

    /**
     * Converts {@code source} into the new directory {@code target}, which appears whole or not at all.
     *
     * @throws DatasetException one line with source, entry, what was found and what was expected
     */
    public static BatchDirectory convert(Path source, Path target, Options options, Progress progress) {
        if (options.sha256() != null) {
            if (!Files.isRegularFile(source)) {
                throw new DatasetException(source + ": not a file, expected one with SHA-256 " + options.sha256());
            }
            Digest.verify(source, Digest.SHA_256, options.sha256());
        }
        Entries entries = Entries.of(source);
        List<String> names = new ArrayList<>();
        entries.forEach(entry -> names.add(entry.name()));
        try (BatchDirectoryWriter writer = BatchDirectoryWriter.create(target)) {
            if (names.stream().anyMatch(BinaryCifar::isTrainingBatch)) {
                new BinaryCifar(entries, names).convert(writer, progress);
            } else if (names.stream().anyMatch(PythonCifar::isTrainingBatch)) {
                new PythonCifar(entries, names).convert(writer, progress);
            } else if (options.jpegSize() > 0) {
                new JpegFolder(entries, names, options).convert(writer, progress);
            } else {
                new ImageFolder(entries, names, options).convert(writer, progress);
            }
        }
        return BatchDirectory.open(target);
    }
}
