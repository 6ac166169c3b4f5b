package org.cudaconvnet.engine.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.engine.InputException;

/** A PTX file that the user names. */
final class PtxFile {
    private PtxFile() {
    }

    /** @throws InputException if the file is no text */
    static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            throw new InputException(file + ": found bytes that are not UTF-8 text, expected PTX", binary);
        }
    }
}
