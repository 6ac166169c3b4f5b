package org.cudaconvnet.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.datasets.WholeFile;

/** Writes reports for people and programs, whole or not at all; missing folders are made. */
public final class ReportFile {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportFile() {
    }

    /** @throws InputException if the file cannot be written */
    public static void write(Path file, byte[] contents) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, out -> out.write(contents));
        } catch (IOException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /**
     * Writes {@code report} as indented JSON.
     *
     * @throws InputException if the file cannot be written
     */
    public static void writeJson(Path file, Object report) {
        try {
            write(file, JSON.writeValueAsBytes(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
