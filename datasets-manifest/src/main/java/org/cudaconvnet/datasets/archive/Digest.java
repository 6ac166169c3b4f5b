package org.cudaconvnet.datasets.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.cudaconvnet.datasets.DatasetException;

/** Digests of files: SHA-256, or MD5 where nothing better was published. */
public final class Digest {
    public static final String SHA_256 = "SHA-256";
    public static final String MD5 = "MD5";

    private Digest() {
    }

    /** A SHA-256 digest to be fed by the caller. */
    public static MessageDigest sha256() {
        return messageDigest(SHA_256);
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException everyPlatformHasBoth) {
            throw new IllegalStateException(everyPlatformHasBoth);
        }
    }

    /** Lower-case hexadecimal digest of a file by {@link #SHA_256} or {@link #MD5}. */
    public static String of(Path file, String algorithm) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = messageDigest(algorithm);
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read: " + DatasetException.reason(e), e);
        }
    }

    /** Refuses a file whose digest is not the expected one. */
    public static void verify(Path file, String algorithm, String expected) {
        String found = of(file, algorithm);
        if (!found.equalsIgnoreCase(expected)) {
            throw new DatasetException(file + ": " + algorithm + " " + found + ", expected " + expected);
        }
    }
}
