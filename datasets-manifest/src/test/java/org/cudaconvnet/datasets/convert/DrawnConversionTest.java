package org.cudaconvnet.datasets.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.BatchFile;
import org.cudaconvnet.datasets.drawn.DrawnArchive;
import org.cudaconvnet.datasets.drawn.DrawnSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawnConversionTest {
    @TempDir
    Path folder;

    @Test
    void drawnImagesKeepTheirPixelsAndClasses() throws IOException {
        List<DrawnSet.Case> cases = new DrawnSet(1, 50, 20).cases();
        Path archive = folder.resolve("drawn.tar");
        DrawnArchive.write(cases, archive);
        BatchDirectory batches = Conversion.convert(archive, folder.resolve("batches"), Conversion.Options.DEFAULT, Conversion.Progress.NONE);
        List<String> converted = new ArrayList<>();
        for (int number : batches.batchNumbers()) {
            BatchFile batch = batches.read(number);
            byte[] data = batch.data().bytes();
            for (int imageCase = 0; imageCase < batch.cases(); imageCase++) {
                byte[] pixels = new byte[batches.meta().numVis()];
                for (int row = 0; row < pixels.length; row++) {
                    pixels[row] = data[row * batch.cases() + imageCase];
                }
                converted.add(described(number == 6, batches.meta().labelNames().get(batch.labels()[imageCase]), pixels));
            }
        }
        assertThat(converted).containsExactlyInAnyOrderElementsOf(
                cases.stream().map(image -> described(image.test(), image.drawnClass().label(), image.pixels())).toList());
    }

    private static String described(boolean test, String label, byte[] pixels) {
        return (test ? "test " : "train ") + label + " " + HexFormat.of().formatHex(pixels);
    }
}
