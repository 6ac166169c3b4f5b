package org.cudaconvnet.engine.cli;

import java.nio.file.Path;
import org.cudaconvnet.engine.ReportFile;
import picocli.CommandLine.Option;

/** The option of commands whose result can also be had as a JSON file. */
public final class JsonOption {
    @Option(names = "--json", paramLabel = "FILE", description = "Also write the result as JSON.")
    private Path file;

    /** Writes {@code result} if the option was given. */
    public void write(Object result) {
        if (file != null) {
            ReportFile.writeJson(file, result);
        }
    }
}
