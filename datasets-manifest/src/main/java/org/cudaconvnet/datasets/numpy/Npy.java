package org.cudaconvnet.datasets.numpy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.datasets.DatasetException;

/** NumPy's .npy files: one array. */
public final class Npy {
    private Npy() {
    }

    public static NumpyArray read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file + ": no such file, expected a NumPy .npy file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return NpyFormat.read(in);
        } catch (IOException e) {
            throw new DatasetException(file + ": " + DatasetException.reason(e), e);
        }
    }
}
