package org.cudaconvnet.kernels.ptx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that the folder of PTX shall hold: one module per {@code .cu} file, one more with {@code MATH_2012} defined, called
 * {@code NAME_2012}, if the file uses the portable functions of {@code math.cuh}, and the manifest.
 */
public final class PtxBuild {
    /** Where the sources lie in the repository. */
    public static final Path SOURCES = Path.of("kernels/src/main/cuda");
    /** Where the PTX lies in the repository. */
    public static final Path MODULES = Path.of("kernels/src/main/resources/org/cudaconvnet/kernels/ptx");

    private static final String MATH_HEADER = "math.cuh";
    private static final String MATH_2012 = "MATH_2012";
    private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"(.+)\"$");

    private final SortedMap<String, byte[]> files;

    private PtxBuild(SortedMap<String, byte[]> files) {
        this.files = files;
    }

    /**
     * Compiles all sources of a folder.
     *
     * @throws PtxException if there are none, or one does not compile
     */
    public static PtxBuild of(Path folder, PtxCompiler compiler) {
        SortedMap<String, byte[]> sources = read(folder, ".cu", ".cuh");
        SortedMap<String, byte[]> files = new TreeMap<>();
        SortedMap<String, PtxManifest.Module> modules = new TreeMap<>();
        for (String source : sources.keySet()) {
            if (!source.endsWith(".cu")) {
                continue;
            }
            String name = source.substring(0, source.length() - ".cu".length());
            Map<String, List<String>> variants = new TreeMap<>(Map.of(name, List.of()));
            if (headers(source, sources).contains(MATH_HEADER)) {
                variants.put(name + "_2012", List.of(MATH_2012));
            }
            variants.forEach((module, definitions) -> {
                byte[] ptx = compiler.compile(folder, source, definitions);
                files.put(PtxManifest.fileName(module), ptx);
                modules.put(module, new PtxManifest.Module(source, definitions, PtxManifest.sha256(ptx)));
            });
        }
        if (modules.isEmpty()) {
            throw new PtxException(folder + ": no CUDA sources, expected files *.cu");
        }
        PtxManifest manifest = new PtxManifest(compiler.version(), PtxCompiler.FLAGS, digests(sources), modules);
        files.put(PtxManifest.FILE_NAME, manifest.json());
        return new PtxBuild(files);
    }

    /** SHA-256 of every source and header in a folder. */
    static SortedMap<String, String> sourceDigests(Path folder) {
        return digests(read(folder, ".cu", ".cuh"));
    }

    /** Names of the files that {@code folder} lacks, has in another form or should not have; empty if it is up to date. */
    public List<String> differences(Path folder) {
        SortedMap<String, byte[]> found = read(folder, ".ptx", ".json");
        Set<String> names = new HashSet<>(files.keySet());
        names.addAll(found.keySet());
        return names.stream().filter(name -> !Arrays.equals(files.get(name), found.get(name))).sorted().toList();
    }

    /** Makes {@code folder} hold this build and nothing else. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String name : differences(folder)) {
                if (files.containsKey(name)) {
                    Path temporary = Files.write(folder.resolve(name + ".new"), files.get(name));
                    Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.delete(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new PtxException(folder + ": cannot be written (" + e + ")", e);
        }
    }

    /** Names of the modules. */
    public Collection<String> modules() {
        return PtxManifest.parse(files.get(PtxManifest.FILE_NAME)).modules().keySet();
    }

    /** The headers that a file includes, directly or by another header. */
    private static Set<String> headers(String file, Map<String, byte[]> sources) {
        Set<String> headers = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(file));
        while (!open.isEmpty()) {
            byte[] text = sources.getOrDefault(open.remove(open.size() - 1), new byte[0]);
            Matcher matcher = INCLUDE.matcher(new String(text, StandardCharsets.UTF_8));
            while (matcher.find()) {
                if (headers.add(matcher.group(1))) {
                    open.add(matcher.group(1));
                }
            }
        }
        return headers;
    }

    private static SortedMap<String, String> digests(SortedMap<String, byte[]> contents) {
        SortedMap<String, String> digests = new TreeMap<>();
        contents.forEach((name, content) -> digests.put(name, PtxManifest.sha256(content)));
        return digests;
    }

    private static SortedMap<String, byte[]> read(Path folder, String... endings) {
        if (!Files.isDirectory(folder)) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = path.getFileName().toString();
                if (Stream.of(endings).anyMatch(name::endsWith)) {
                    contents.put(name, Files.readAllBytes(path));
                }
            }
        } catch (IOException e) {
            throw new PtxException(folder + ": cannot be read (" + e + ")", e);
        }
        return contents;
    }
}
