package org.cudaconvnet.golden.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.GoldenIndex;

/**
 * The array files below a folder, and the arrays in a file, in the order in which a run forms them: as the index lists them, else by
 * name; gradients with respect to activations are stored in forward order and formed backward.
 */
final class ExecutionOrder {
    private static final String SUFFIX = ".npz";

    private ExecutionOrder() {
    }

    /** Paths relative to {@code folder}. */
    static List<String> files(Path folder) {
        Set<String> ordered = new LinkedHashSet<>();
        List<String> found = walk(folder);
        for (String file : found) {
            if (file.endsWith(GoldenIndex.FILE_NAME)) {
                Path set = folder.resolve(file).getParent();
                for (String listed : listed(GoldenIndex.read(set))) {
                    String relative = folder.relativize(set.resolve(listed)).toString();
                    if (found.contains(relative)) {
                        ordered.add(relative);
                    }
                }
            }
        }
        found.stream().filter(file -> file.endsWith(SUFFIX)).forEach(ordered::add);
        return List.copyOf(ordered);
    }

    private static List<String> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static List<String> listed(GoldenIndex index) {
        List<String> files = new ArrayList<>();
        if (index.has("files")) {
            index.get("files").fieldNames().forEachRemaining(files::add);
        } else if (index.has("cases")) {
            for (JsonNode goldenCase : index.get("cases")) {
                files.add(goldenCase.path("file").asText());
            }
        }
        return files;
    }

    static List<String> arrays(String file, Map<String, ?> arrays) {
        List<String> names = new ArrayList<>(arrays.keySet());
        if (Path.of(file).getFileName().toString().startsWith("actsgrad")) {
            Collections.reverse(names);
        }
        return names;
    }
}
