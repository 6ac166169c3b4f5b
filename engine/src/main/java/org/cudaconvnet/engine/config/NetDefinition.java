package org.cudaconvnet.engine.config;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A layer definition that a user names, with the data that it is for.
 *
 * @param layers  the definition
 * @param input   shape of the images as CHANNELSxHEIGHTxWIDTH; 3x32x32 for a file, which does not tell
 * @param classes number of classes; 10 for a file
 */
public record NetDefinition(ConfigFile layers, String input, int classes) {
    /** @param nameOrFile a definition file or, where no file has that name, a bundled net */
    public static NetDefinition of(String nameOrFile) {
        return isBundled(nameOrFile) ? new NetDefinition(Nets.layers(nameOrFile), Nets.input(nameOrFile), Nets.classes(nameOrFile))
                : new NetDefinition(ConfigFile.read(Path.of(nameOrFile)), "3x32x32", 10);
    }

    /** Whether {@link #of} takes the text as the name of a bundled net. */
    public static boolean isBundled(String nameOrFile) {
        return Nets.names().contains(nameOrFile) && !Files.isRegularFile(Path.of(nameOrFile));
    }
}
