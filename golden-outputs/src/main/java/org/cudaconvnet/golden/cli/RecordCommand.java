package org.cudaconvnet.golden.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.WholeFile;
import org.cudaconvnet.datasets.archive.Digest;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.golden.kernelcases.ConvolutionRecord;
import org.cudaconvnet.golden.kernelcases.OperationCaseRecord;
import org.cudaconvnet.golden.layercases.LayerRecord;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Devices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a golden set of this project's own; its reference is the CPU executor, which the data of 2012 pin. */
@Command(name = "record",
        description = "Records golden cases of this project's own on cpu:0: some for every CUDA kernel of the convolutions, some for every "
            + "other operation that the data of 2012 lack, or small nets with every layer type, cost and neuron.",
        footer = {"", "Examples:", "  convnet golden record convolutions golden-kernels", "  convnet golden record operations golden-operations",
            "  convnet golden record layers golden-layers"})
final class RecordCommand implements Runnable {
    private static final String DEVICE = "cpu:0";

    private enum Kind {
        convolutions("kernels/src/main/java"), operations("kernels/src/main/java"), layers("kernels/src/main/java", "engine/src/main/java");

        private final List<String> sources;

        Kind(String... sources) {
            this.sources = List.of(sources);
        }
    }

    @Parameters(index = "0", paramLabel = "SET", description = "Which set: ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Parameters(index = "1", paramLabel = "DIR", description = "New folder for index.json, provenance.json and one .npz per case.")
    private Path folder;

    @Option(names = "--repository", paramLabel = "DIR", defaultValue = "${sys:convnet.home:-.}",
            description = "Root of the sources whose digest is noted in provenance.json (default: where convnet lies).")
    private Path repository;

    @Override
    public void run() {
        if (Files.exists(folder)) {
            throw new InputException(folder + ": exists already, expected a new folder");
        }
        Path target = folder.toAbsolutePath();
        Path unfinished = WholeFile.temporary(target);
        try {
            Files.createDirectory(unfinished);
            try {
                write(unfinished);
                ReportFile.writeJson(unfinished.resolve("provenance.json"), provenance());
                Files.move(unfinished, target);
            } finally {
                deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be written (" + e + ")", e);
        }
    }

    private void write(Path unfinished) {
        if (kind == Kind.layers) {
            LayerRecord.write(DEVICE, unfinished);
            return;
        }
        try (Backend backend = Devices.open(DEVICE, 1, EnumSet.allOf(Defect.class))) {
            if (kind == Kind.operations) {
                OperationCaseRecord.write(backend, unfinished);
            } else {
                ConvolutionRecord.write(backend, unfinished);
            }
        }
    }

    private static void deleteIfExists(Path flatFolder) throws IOException {
        if (Files.exists(flatFolder)) {
            try (Stream<Path> files = Files.list(flatFolder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(flatFolder);
        }
    }

    private Map<String, String> provenance() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command", "convnet golden record " + kind);
        facts.put("executor", DEVICE);
        facts.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("sources", String.join(" ", kind.sources));
        facts.put("sourcesSha256", sourcesDigest());
        return facts;
    }

    /** Digest of the lines "digest  path" of all sources, folder by folder, sorted by path, as {@code sha256sum} prints them. */
    private String sourcesDigest() throws IOException {
        MessageDigest digest = Digest.sha256();
        for (String folderOfSources : kind.sources) {
            addSources(repository.resolve(folderOfSources), digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void addSources(Path sources, MessageDigest digest) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            for (Path file : sorted) {
                String line = Digest.of(file, Digest.SHA_256) + "  " + sources.relativize(file) + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
