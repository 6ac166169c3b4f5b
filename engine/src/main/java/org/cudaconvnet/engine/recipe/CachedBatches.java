package org.cudaconvnet.engine.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.datasets.archive.Digest;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.datasets.convert.Conversion;
import org.cudaconvnet.engine.InputException;

/**
 * A folder of batch files, converted from an archive once and found again by the archive's digest.
 *
 * @param digest SHA-256 of the archive, or of {@code batches.meta} where the data came as batch files
 */
public record CachedBatches(Path folder, String digest) {
    private static final int SHORT = 12;

    /** Batches of pixels. */
    public static CachedBatches of(Path data, Path work, Conversion.Progress progress) {
        return of(data, work, 0, progress);
    }

    /**
     * @param data     an archive, or a folder of batch files
     * @param work     where converted archives are kept
     * @param jpegSize side of the images of JPEG batches; 0 for batches of pixels
     */
    public static CachedBatches of(Path data, Path work, int jpegSize, Conversion.Progress progress) {
        if (BatchDirectory.isAt(data)) {
            return new CachedBatches(data, Digest.of(data.resolve(BatchMeta.FILE_NAME), Digest.SHA_256));
        }
        if (Files.isDirectory(data)) {
            throw new InputException(data + ": no " + BatchMeta.FILE_NAME + " in this folder; make batch files with \"datasets convert"
                    + (jpegSize == 0 ? "" : " --jpeg=" + jpegSize) + "\" first");
        }
        String digest = Digest.of(data, Digest.SHA_256);
        Path folder = work.resolve(digest.substring(0, SHORT) + (jpegSize == 0 ? "" : "-jpeg" + jpegSize));
        if (!BatchDirectory.isAt(folder)) {
            Conversion.convert(data, folder, new Conversion.Options(Conversion.DEFAULT_SHUFFLE_SEED, 0, jpegSize, null), progress);
        }
        return new CachedBatches(folder, digest);
    }

    /** Enough of the digest to name a folder. */
    public String shortDigest() {
        return digest.substring(0, SHORT);
    }
}
