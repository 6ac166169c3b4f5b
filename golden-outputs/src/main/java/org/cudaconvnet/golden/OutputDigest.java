package org.cudaconvnet.golden;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.cudaconvnet.datasets.archive.Digest;

/** SHA-256 of outputs in hexadecimal digits: equal on two devices if, and in practice only if, every bit is. */
public final class OutputDigest {
    private OutputDigest() {
    }

    /** Of the elements in row-major order as little-endian binary32, every NaN as 0x7fc00000 since its other bits have no meaning. */
    public static String of(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putInt(Float.floatToIntBits(value));
        }
        MessageDigest digest = Digest.sha256();
        digest.update(bytes.flip());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of the lines "digest  case/array" of all arrays of all cases, in the order of the golden set, each ended by a line feed. */
    public static String of(List<CaseResult> results) {
        MessageDigest digest = Digest.sha256();
        for (CaseResult result : results) {
            for (ArrayComparison array : result.arrays()) {
                String line = array.foundSha256() + "  " + result.name() + "/" + array.array() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
