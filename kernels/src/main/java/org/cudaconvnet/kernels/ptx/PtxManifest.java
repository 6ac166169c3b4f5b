package org.cudaconvnet.kernels.ptx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * What the pinned PTX was built from, and by what.
 *
 * @param compiler what the compiler says about its version
 * @param flags    its arguments, without a module's definitions, input and output
 * @param sources  file name of every source and header, and its SHA-256 in hexadecimal digits
 * @param modules  what each module is, by its name, which is its file name without {@code .ptx}
 */
public record PtxManifest(String compiler, List<String> flags, SortedMap<String, String> sources, SortedMap<String, Module> modules) {
    static final String FILE_NAME = "manifest.json";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One file of PTX.
     *
     * @param source      the file it was compiled from
     * @param definitions macros that were defined meanwhile
     * @param sha256      of the PTX, in hexadecimal digits
     */
    public record Module(String source, List<String> definitions, String sha256) {
    }

    /** @throws PtxException if {@code json} is no manifest */
    static PtxManifest parse(byte[] json) {
        try {
            return JSON.readValue(json, PtxManifest.class);
        } catch (IOException e) {
            throw new PtxException(FILE_NAME + ": no manifest of PTX (" + e.getMessage().lines().findFirst().orElse("") + ")", e);
        }
    }

    /** The same bytes on every platform. */
    byte[] json() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return (JSON.writer(printer).writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String fileName(String module) {
        return module + ".ptx";
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
