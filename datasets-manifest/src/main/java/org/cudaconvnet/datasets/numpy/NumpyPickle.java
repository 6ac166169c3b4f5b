package org.cudaconvnet.datasets.numpy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.cudaconvnet.datasets.DatasetException;

/**
 * Python pickles with NumPy arrays, the original's format of batch files, meta files and checkpoints (spec: checkpoints.md
 * section 6).
 *
 * <p>Python's dictionaries are {@code Map}s, lists {@code List}s, tuples {@code Object[]}, numbers {@code Integer}, {@code Long},
 * {@code BigInteger} or {@code Double}, None is null, arrays are {@link NumpyArray}. Byte strings of Python 2 are {@code String}s
 * of one character per byte, those of Python 3 are {@code byte[]}. A pickle may name no functions and classes but NumPy's, and classes
 * of modules that the caller expects: these are {@link PickledClass}, their objects {@link PickledInstance}. Any other is an error;
 * nothing that a pickle names is ever looked up or run.
 */
public final class NumpyPickle {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int ZIP_MAGIC = 0x504b;
    private static final String ZIP_MEMBER = "data";

    private NumpyPickle() {
    }

    /** Reads a file that holds one pickle, plain, compressed by gzip, or as the member {@code data} of a zip. */
    public static Object read(Path file) {
        return read(file, Set.of());
    }

    /** @param modules whose classes the pickle may name */
    public static Object read(Path file, Set<String> modules) {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file + ": no such file, expected a Python pickle");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return switch (magic) {
                case GZIP_MAGIC -> read(new GZIPInputStream(in, 1 << 16), file.toString(), modules);
                case ZIP_MAGIC -> read(zipMember(in, file), file.toString(), modules);
                default -> read(in, file.toString(), modules);
            };
        } catch (IOException e) {
            throw new DatasetException(file + ": not a whole Python pickle: " + DatasetException.reason(e), e);
        }
    }

    /**
     * Reads a stream that holds one pickle and nothing else.
     *
     * @param name what the stream is, for messages
     */
    public static Object read(InputStream stream, String name) {
        return read(stream, name, Set.of());
    }

    private static Object read(InputStream stream, String name, Set<String> modules) {
        BufferedInputStream in = new BufferedInputStream(stream, 1 << 16);
        try {
            Object value = new NumpyUnpickler(modules).load(in);
            // Reading to the end also makes compressed streams check their sums.
            if (in.read() >= 0) {
                throw new IOException("bytes after the end of the pickle");
            }
            return value;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The library meets garbled pickles with runtime exceptions of every kind; a key may be nested without end.
            // Their messages may quote what was read.
            String reason = DatasetException.reason(e).replaceAll("\\p{Cntrl}", "?");
            throw new DatasetException(name + ": not a whole Python pickle: " + reason, e);
        }
    }

    /**
     * Writes one pickle of protocol 2 that Python 2 and 3 read without options.
     *
     * @param value null, Boolean, Integer, Long, Float, Double, String, byte[], NumpyArray, or Map, List or Object[] of these
     */
    public static void write(Object value, OutputStream out) throws IOException {
        new PickleWriter(out).write(value);
    }

    /**
     * Writes one pickle of protocol 2 as Python 2 itself writes it: text and bytes are byte strings, an array or dictionary that occurs
     * again is one object again. Python 3 reads it with {@code encoding='latin1'}.
     *
     * @param value as for {@link #write}, and PickledClass and PickledInstance
     */
    public static void writeAsPython2(Object value, OutputStream out) throws IOException {
        new Python2PickleWriter(out).write(value);
    }

    private static InputStream zipMember(InputStream in, Path file) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(ZIP_MEMBER)) {
                return zip;
            }
        }
        throw new DatasetException(file + ": zip without a member " + ZIP_MEMBER + ", expected a pickle under that name");
    }
}
