package org.cudaconvnet.golden.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.cudaconvnet.engine.InputException;

/** Writes a report whole or not at all. */
final class ReportFile {
    private ReportFile() {
    }

    static void write(Path file, byte[] contents) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            Path temporary = folder.resolve(file.getFileName() + ".partial");
            try {
                Files.write(temporary, contents);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new InputException(file + ": the report cannot be written (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
