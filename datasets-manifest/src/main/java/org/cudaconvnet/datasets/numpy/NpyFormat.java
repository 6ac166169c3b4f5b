package org.cudaconvnet.datasets.numpy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** NumPy's .npy format, versions 1 to 3: magic, version, length of the header, header (a Python dictionary in text), elements. */
final class NpyFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LARGEST_HEADER = 1 << 16;
    private static final int ALIGNMENT = 64;
    private static final Pattern HEADER = Pattern.compile("\\s*\\{"
            + "(?=.*'descr'\\s*:\\s*'(?<dtype>[^']*)')"
            + "(?=.*'fortran_order'\\s*:\\s*(?<fortran>True|False))"
            + "(?=.*'shape'\\s*:\\s*\\((?<shape>[0-9, L]*)\\))[^}]*}\\s*", Pattern.DOTALL);

    private NpyFormat() {
    }

    /** Reads one array; anything else than one complete array is an IOException that says what was found. */
    static NumpyArray read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            byte[] magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IOException("does not begin with the magic of the npy format");
            }
            int version = in.readUnsignedByte();
            in.readUnsignedByte();
            if (version < 1 || version > 3) {
                throw new IOException("version " + version + " of the npy format, expected 1 to 3");
            }
            long headerLength = version == 1 ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                    : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
            if (headerLength > LARGEST_HEADER) {
                throw new IOException("npy header of " + headerLength + " bytes, expected at most " + LARGEST_HEADER);
            }
            byte[] header = new byte[(int) headerLength];
            in.readFully(header);
            NumpyArray array = readElements(in, new String(header, StandardCharsets.UTF_8));
            if (in.read() >= 0) {
                throw new IOException("bytes after the last element of the " + array);
            }
            return array;
        } catch (EOFException e) {
            throw new IOException("truncated header of the npy format", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static NumpyArray readElements(InputStream in, String header) throws IOException {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new IOException("npy header " + header.strip() + ", expected keys descr, fortran_order and shape");
        }
        ElementType type = ElementType.of(matcher.group("dtype"));
        int[] shape = Arrays.stream(matcher.group("shape").split(",")).map(extent -> extent.replace("L", "").strip())
                .filter(extent -> !extent.isEmpty()).mapToInt(Integer::parseInt).toArray();
        long expected = NumpyArray.byteCount(type, shape);
        if (expected > Integer.MAX_VALUE) {
            throw new IOException("array of " + expected + " bytes, expected at most " + Integer.MAX_VALUE);
        }
        byte[] storage = in.readNBytes((int) expected);
        if (storage.length != expected) {
            throw new IOException(storage.length + " bytes of elements, expected " + expected);
        }
        return NumpyArray.of(type.dtype, shape, matcher.group("fortran").equals("True"), storage);
    }

    /** Writes version 1; the header is padded so that elements are aligned to 64 bytes, as NumPy does. */
    static void write(NumpyArray array, OutputStream out) throws IOException {
        int[] shape = array.shape();
        String extents = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String header = "{'descr': '" + array.dtype() + "', 'fortran_order': " + (array.fortranOrder() ? "True" : "False")
                + ", 'shape': (" + extents + (shape.length == 1 ? ",), }" : "), }");
        int prefix = MAGIC.length + 4;
        int padded = (prefix + header.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - prefix;
        header += " ".repeat(padded - header.length() - 1) + "\n";
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) padded, (byte) (padded >> 8)});
        out.write(header.getBytes(StandardCharsets.ISO_8859_1));
        out.write(array.storage());
    }
}
