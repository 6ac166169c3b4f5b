package org.cudaconvnet.datasets.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.archive.Digest;

/**
 * A file of a data set.
 *
 * @param bytes  its size; null if not recorded
 * @param md5    lower-case hexadecimal, null if not recorded
 * @param sha256 lower-case hexadecimal, null if not recorded
 */
public record DataFile(String name, String content, Long bytes, String md5, String sha256) {

    /** Whether {@link #verify} proves anything. */
    public boolean hasDigest() {
        return md5 != null || sha256 != null;
    }

    /** Refuses a file that is missing, or has another size or digest than recorded. */
    public void verify(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file + ": no such file, expected " + name);
        }
        if (bytes != null && size(file) != bytes) {
            throw new DatasetException(file + ": " + size(file) + " bytes, expected " + bytes);
        }
        if (sha256 != null) {
            Digest.verify(file, Digest.SHA_256, sha256);
        }
        if (md5 != null) {
            Digest.verify(file, Digest.MD5, md5);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read: " + DatasetException.reason(e), e);
        }
    }
}
