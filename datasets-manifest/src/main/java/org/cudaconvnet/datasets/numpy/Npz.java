package org.cudaconvnet.datasets.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.WholeFile;

/** NumPy's .npz files: a zip of one .npy file per named array. */
public final class Npz {
    private static final String SUFFIX = ".npy";
    /** The earliest time a zip can hold, so that equal arrays give equal files. */
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {
    }

    /** All arrays by name, in the order of the file; structure, lengths and checksums are verified. */
    public static Map<String, NumpyArray> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file + ": no such file, expected a NumPy .npz file");
        }
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                if (!name.endsWith(SUFFIX)) {
                    throw new DatasetException(file + ": entry " + name + ", expected names that end with " + SUFFIX);
                }
                if (arrays.put(name.substring(0, name.length() - SUFFIX.length()), readEntry(file, zip, entry)) != null) {
                    throw new DatasetException(file + ": entry " + name + " occurs twice, expected once");
                }
            }
        } catch (IOException e) {
            throw new DatasetException(file + ": not a whole NumPy .npz file: " + DatasetException.reason(e), e);
        }
        return arrays;
    }

    private static NumpyArray readEntry(Path file, ZipFile zip, ZipEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
            NumpyArray array = NpyFormat.read(checked);
            if (checked.getChecksum().getValue() != entry.getCrc()) {
                throw new IOException(String.format("checksum %08x, expected %08x", checked.getChecksum().getValue(), entry.getCrc()));
            }
            return array;
        } catch (IOException e) {
            throw new DatasetException(file + ": entry " + entry.getName() + ": " + DatasetException.reason(e), e);
        }
    }

    /** Writes the arrays in the order of the map, uncompressed; equal arrays give equal bytes. The file appears whole or not at all. */
    public static void write(Path file, Map<String, NumpyArray> arrays) {
        write(file, arrays, ZipEntry.STORED);
    }

    /** As {@link #write}, deflated; equal bytes only from equal versions of the deflater. */
    public static void writeCompressed(Path file, Map<String, NumpyArray> arrays) {
        write(file, arrays, ZipEntry.DEFLATED);
    }

    private static void write(Path file, Map<String, NumpyArray> arrays, int method) {
        try {
            WholeFile.write(file, out -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                for (Map.Entry<String, NumpyArray> named : arrays.entrySet()) {
                    ByteArrayOutputStream npy = new ByteArrayOutputStream();
                    NpyFormat.write(named.getValue(), npy);
                    writeEntry(zip, named.getKey() + SUFFIX, npy.toByteArray(), method);
                }
                zip.finish();
            });
        } catch (IOException e) {
            throw new DatasetException(e.getMessage(), e);
        }
    }

    private static void writeEntry(ZipOutputStream zip, String name, byte[] content, int method) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setTimeLocal(FIXED_TIME);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
