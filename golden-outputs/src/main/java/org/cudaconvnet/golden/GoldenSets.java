package org.cudaconvnet.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.enginecases.EngineSet;
import org.cudaconvnet.golden.kernelcases.KernelSet;
import org.cudaconvnet.golden.layercases.LayerSet;

/** Finds the golden sets below a folder. */
public final class GoldenSets {
    /** Depth of a set below the folder that is given, as in golden-2012/engine/quick. */
    private static final int DEPTH = 4;

    private GoldenSets() {
    }

    /** @throws InputException if {@code folder} holds no index.json or one of an unknown kind */
    public static List<GoldenSet> find(Path folder) {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            List<Path> folders = files.filter(file -> file.endsWith(GoldenIndex.FILE_NAME)).map(Path::getParent).sorted().toList();
            if (folders.isEmpty()) {
                throw new InputException(folder + ": no golden set here, expected " + GoldenIndex.FILE_NAME);
            }
            return folders.stream().map(found -> open(folder, found)).toList();
        } catch (IOException e) {
            throw new InputException(folder + ": no such folder of golden sets", e);
        }
    }

    private static GoldenSet open(Path start, Path folder) {
        Path relative = start.relativize(folder);
        String name = (relative.toString().isEmpty() ? folder.toAbsolutePath().normalize().getFileName() : relative).toString();
        GoldenIndex index = GoldenIndex.read(folder);
        if (index.has("set") && index.get("set").asText().equals(LayerSet.KIND)) {
            return new LayerSet(name, folder, index);
        }
        if (index.has("cases") && index.get("cases").isArray()) {
            return new KernelSet(name, folder, index);
        }
        if (index.has("net")) {
            return new EngineSet(name, folder, index);
        }
        throw new InputException(index.file() + ": neither a list of cases nor a net");
    }
}
