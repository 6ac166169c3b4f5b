package org.cudaconvnet.kernels.gpu.driver.jcuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.cudaconvnet.kernels.DeviceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads JCuda's native libraries so that nothing of it is shared between processes.
 *
 * <p>JCuda unpacks a library to a fixed name in the folder that {@code java.io.tmpdir} names, without a lock, and loads whatever file
 * of that name is there: one that another process is still writing, that a killed one left half written, or that another user put
 * there. Here it gets a folder that only this user can read and no other process knows, gone once the library is loaded.
 */
public final class NativeLibraries {
    private static final String FOLDER_OF_JCUDA = "java.io.tmpdir";
    private static final Set<String> LOADED = new HashSet<>();
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

    private NativeLibraries() {
    }

    /**
     * Loads the library of a class of JCuda, if that has not been done yet. Has to come before anything else touches the class.
     *
     * @param binding full name of a class of JCuda that loads a library when it is initialised
     * @throws LinkageError    if the library cannot be loaded
     * @throws DeviceException if it cannot be unpacked
     */
    public static synchronized void load(String binding) {
        if (LOADED.contains(binding)) {
            return;
        }
        String shared = System.getProperty(FOLDER_OF_JCUDA);
        Path folder = create();
        try {
            System.setProperty(FOLDER_OF_JCUDA, folder.toString());
            Class.forName(binding);
            LOADED.add(binding);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            System.setProperty(FOLDER_OF_JCUDA, shared);
            delete(folder);
        }
    }

    private static Path create() {
        try {
            return Files.createTempDirectory("convnet-jcuda");
        } catch (IOException e) {
            throw new DeviceException("JCuda's native libraries cannot be unpacked: no temporary folder (" + e.getMessage() + ")", e);
        }
    }

    /** A loaded library stays usable without its file. */
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException onlyUntidy) {
            LOG.debug("{} stays behind", folder, onlyUntidy);
        }
    }
}
