package org.cudaconvnet.datasets.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.cudaconvnet.datasets.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveEntriesTest {
    private static final byte[] LONG_TEXT = "some text, not random ".repeat(500).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tar", "gz", "bzip2", "xz", "zip"})
    void everyFormatIsToldByContent(String format) throws Exception {
        Path archive = write(archive(format));
        Map<String, String> found = new LinkedHashMap<>();
        Entries.of(archive).forEach(entry -> found.put(entry.name(), new String(entry.bytes(), StandardCharsets.UTF_8)));
        assertThat(found).containsExactlyEntriesOf(expected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "gz", "bzip2", "xz", "zip"})
    void noTruncatedArchivePasses(String format) throws Exception {
        byte[] whole = archive(format);
        // The tar library pads its end to 10240 bytes of which only the first zero block is needed.
        int end = format.equals("tar") ? 2 * 512 + 512 + (LONG_TEXT.length + 511) / 512 * 512 : whole.length - 1;
        for (int length = 0; length <= end; length += length < 100 || length > end - 20 ? 1 : 37) {
            Path archive = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Entries.of(archive).forEach(Entry::bytes)).as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(DatasetException.class).hasMessageStartingWith(archive + ": ").hasMessageNotContaining("null");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "xz", "zip"})
    void noGarbledContentPasses(String format) throws Exception {
        byte[] whole = archive(format);
        for (int i = 0; i < whole.length; i++) {
            byte[] garbled = whole.clone();
            garbled[i] ^= 0x10;
            Path archive = write(garbled);
            List<String> contents = new ArrayList<>();
            try {
                Entries.of(archive).forEach(entry -> contents.add(new String(entry.bytes(), StandardCharsets.UTF_8)));
                assertThat(expected().values().containsAll(contents)).as("content with byte %d garbled", i).isTrue();
            } catch (DatasetException e) {
                assertThat(e).hasMessageStartingWith(archive + ": ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "C:/evil", "a\\..\\evil"})
    void namesThatLeadOutAreRefused(String name) throws IOException {
        Path tar = write(tar(entry(name, TarConstants.LF_NORMAL), new byte[1]));
        assertRefused(tar, "at entry " + name);
        Path zip = write(zip(new ZipArchiveEntry(name), new byte[1]));
        assertRefused(zip, "at entry");
    }

    @Test
    void linksAreRefused() throws IOException {
        TarArchiveEntry symbolic = entry("link", TarConstants.LF_SYMLINK);
        symbolic.setLinkName("/etc/passwd");
        assertRefused(write(tar(symbolic, new byte[0])), "at entry link: a link or device, expected a plain file");
        TarArchiveEntry hard = entry("link", TarConstants.LF_LINK);
        hard.setLinkName("other");
        assertRefused(write(tar(hard, new byte[0])), "a link or device");
        ZipArchiveEntry zipped = new ZipArchiveEntry("link");
        zipped.setUnixMode(UnixStat.LINK_FLAG | 0777);
        assertRefused(write(zip(zipped, "/etc/passwd".getBytes(StandardCharsets.US_ASCII))), "a link or device");
    }

    @Test
    void sizesBeyondTheLimitsAreRefused() throws Exception {
        for (String format : new String[] {"gz", "zip"}) {
            Path archive = write(archive(format));
            assertThatThrownBy(() -> new ArchiveEntries(archive, new ArchiveLimits(100, 1 << 20)).forEach(Entry::bytes))
                    .hasMessageContaining("at entry folder/long.txt: " + LONG_TEXT.length + " bytes, expected at most 100");
            assertThatThrownBy(() -> new ArchiveEntries(archive, new ArchiveLimits(1 << 20, 100)).forEach(Entry::bytes))
                    .hasMessageContaining("expected at most 100");
        }
    }

    @Test
    void contentLongerThanItsHeaderSaysIsStillLimited() {
        Entry entry = new Entry("bomb", new ByteArrayInputStream(new byte[101]), 100);
        assertThatThrownBy(entry::bytes).isInstanceOf(IOException.class).hasMessageContaining("more than 100 bytes");
    }

    @Test
    void otherFilesAreNotArchives() throws IOException {
        assertRefused(write("plain text, long enough to be looked at".repeat(100).getBytes(StandardCharsets.US_ASCII)),
                "not an archive, expected tar, tar.gz, tar.bz2, tar.xz or zip");
        assertThatThrownBy(() -> Entries.of(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void anEntryThatOccursTwiceIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : new String[] {"./a", "a"}) {
                tar.putArchiveEntry(entry(name, TarConstants.LF_NORMAL));
                tar.closeArchiveEntry();
            }
        }
        assertRefused(write(bytes.toByteArray()), "at entry a: occurs twice");
    }

    @Test
    void aFolderIsReadInTheOrderOfNames() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/2"), "two");
        Files.writeString(folder.resolve("a"), "one");
        Map<String, String> found = new LinkedHashMap<>();
        Entries.of(folder).forEach(entry -> found.put(entry.name(), new String(entry.bytes(), StandardCharsets.UTF_8)));
        assertThat(found).containsExactly(Map.entry("a", "one"), Map.entry("b/2", "two"));
    }

    @Test
    void aWrongDigestIsRefused() throws IOException {
        Path file = write("abc".getBytes(StandardCharsets.US_ASCII));
        String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Digest.verify(file, "SHA-256", sha256);
        Digest.verify(file, "MD5", "900150983CD24FB0D6963F7D28E17F72");
        assertThatThrownBy(() -> Digest.verify(file, "SHA-256", "00")).isInstanceOf(DatasetException.class)
                .hasMessage(file + ": SHA-256 " + sha256 + ", expected 00");
    }

    private void assertRefused(Path archive, String reason) {
        assertThatThrownBy(() -> Entries.of(archive).forEach(Entry::bytes)).isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(archive + ": ").hasMessageContaining(reason);
    }

    private static Map<String, String> expected() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("folder/long.txt", new String(LONG_TEXT, StandardCharsets.UTF_8));
        expected.put("empty", "");
        return expected;
    }

    private static byte[] archive(String format) throws IOException, CompressorException {
        if (format.equals("zip")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
                for (Map.Entry<String, String> file : expected().entrySet()) {
                    zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeArchiveEntry();
                }
            }
            return bytes.toByteArray();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream compressed = format.equals("tar") ? bytes
                        : new CompressorStreamFactory().createCompressorOutputStream(format, bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed)) {
            tar.putArchiveEntry(entry("./folder/", TarConstants.LF_DIR));
            tar.closeArchiveEntry();
            for (Map.Entry<String, String> file : expected().entrySet()) {
                TarArchiveEntry entry = entry(file.getKey(), TarConstants.LF_NORMAL);
                entry.setSize(file.getValue().length());
                tar.putArchiveEntry(entry);
                tar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry entry(String name, byte kind) {
        return new TarArchiveEntry(name, kind, true);
    }

    private static byte[] tar(TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(ZipArchiveEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.putArchiveEntry(entry);
            zip.write(content);
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("archive"), bytes);
    }
}
