package org.cudaconvnet.datasets.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.datasets.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void cifarIsThereWithItsPublishedDigests() {
        Dataset cifar = Manifest.load().dataset("cifar-10");
        assertThat(cifar.file("cifar-10-python.tar.gz").md5()).isEqualTo("c58f30108f718f92721af3b95e74349a");
        assertThat(cifar.file("cifar-10-binary.tar.gz").md5()).isEqualTo("c32a1d4ab5d03f1284b67883e8d87530");
        assertThat(Manifest.load().datasets()).extracting(Dataset::name).contains("ilsvrc-2010", "ilsvrc-2012", "drawn");
    }

    @Test
    void everyDigestHasTheFormOfItsAlgorithm() {
        assertThat(Manifest.load().datasets()).flatExtracting(Dataset::files).allSatisfy(entry -> {
            DataFile file = (DataFile) entry;
            assertThat(file.md5() == null || file.md5().matches("[0-9a-f]{32}")).isTrue();
            assertThat(file.sha256() == null || file.sha256().matches("[0-9a-f]{64}")).isTrue();
        });
    }

    @Test
    void unknownNamesAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Manifest.load().dataset("mnist")).isInstanceOf(DatasetException.class)
                .hasMessage("data set mnist, expected one of cifar-10, ilsvrc-2010, ilsvrc-2012, drawn");
        assertThatThrownBy(() -> Manifest.load().dataset("cifar-10").file("x.zip")).isInstanceOf(DatasetException.class)
                .hasMessageContaining("expected one of cifar-10-python.tar.gz, ");
    }

    @Test
    void aFileOfOtherSizeOrDigestIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");
        assertThatCode(() -> new DataFile("file", "", 3L, MD5_OF_ABC, SHA256_OF_ABC).verify(file)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new DataFile("file", "", 4L, null, null).verify(file)).hasMessage(file + ": 3 bytes, expected 4");
        assertThatThrownBy(() -> new DataFile("file", "", 3L, "0".repeat(32), null).verify(file))
                .hasMessage(file + ": MD5 " + MD5_OF_ABC + ", expected " + "0".repeat(32));
        assertThatThrownBy(() -> new DataFile("file", "", 3L, null, "0".repeat(64)).verify(file)).hasMessageContaining("SHA-256");
        assertThatThrownBy(() -> new DataFile("other", "", 3L, null, null).verify(folder.resolve("other")))
                .hasMessageContaining("no such file");
    }
}
