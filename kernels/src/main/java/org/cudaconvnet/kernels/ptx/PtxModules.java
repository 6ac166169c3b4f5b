package org.cudaconvnet.kernels.ptx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The pinned PTX that comes with the program. */
public final class PtxModules {
    private PtxModules() {
    }

    /** @throws PtxException if the manifest is missing or damaged */
    public static PtxManifest manifest() {
        return PtxManifest.parse(resource(PtxManifest.FILE_NAME));
    }

    /** SHA-256 of the manifest, in hexadecimal digits: stands for all of the PTX, whose digests the manifest holds. */
    public static String manifestSha256() {
        return PtxManifest.sha256(resource(PtxManifest.FILE_NAME));
    }

    /**
     * The text of a module.
     *
     * @param name one of those in the manifest
     * @throws PtxException if there is no such module, or its digest is not that of the manifest
     */
    public static String text(String name) {
        PtxManifest.Module module = manifest().modules().get(name);
        if (module == null) {
            throw new PtxException(name + ": no such PTX module, expected one of " + manifest().modules().keySet());
        }
        byte[] ptx = resource(PtxManifest.fileName(name));
        String digest = PtxManifest.sha256(ptx);
        if (!digest.equals(module.sha256())) {
            throw new PtxException(PtxManifest.fileName(name) + ": SHA-256 is " + digest + ", expected " + module.sha256());
        }
        return new String(ptx, StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = PtxModules.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new PtxException(name + ": missing among the PTX of this program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new PtxException(name + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
