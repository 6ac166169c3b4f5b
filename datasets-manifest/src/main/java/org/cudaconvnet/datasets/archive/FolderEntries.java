package org.cudaconvnet.datasets.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.DatasetException;

/** The files below a folder in the order of their names. */
final class FolderEntries implements Entries {
    private final Path folder;

    FolderEntries(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path source() {
        return folder;
    }

    @Override
    public void forEach(Visitor visitor) {
        for (Path file : files()) {
            String name = folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
            try (InputStream in = Files.newInputStream(file)) {
                visitor.visit(new Entry(name, in, ArchiveLimits.DEFAULT.entryBytes()));
            } catch (IOException e) {
                throw new DatasetException(file + ": " + DatasetException.reason(e), e);
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(folder + ": cannot be listed: " + DatasetException.reason(e), e);
        }
    }
}
