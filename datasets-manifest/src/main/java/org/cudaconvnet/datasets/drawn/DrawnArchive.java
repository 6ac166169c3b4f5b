package org.cudaconvnet.datasets.drawn;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.cudaconvnet.datasets.WholeFile;

/** Writes a drawn set as an image-folder archive: a tar file of {@code train/CLASS/NNNN.png} and {@code test/CLASS/NNNN.png}. */
public final class DrawnArchive {
    private DrawnArchive() {
    }

    public static void write(List<DrawnSet.Case> cases, Path file) throws IOException {
        WholeFile.write(file, out -> {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
            int[] written = new int[2 * DrawnClass.values().length];
            for (DrawnSet.Case image : cases) {
                int number = written[2 * image.drawnClass().ordinal() + (image.test() ? 1 : 0)]++;
                byte[] png = png(image.pixels());
                TarArchiveEntry entry = new TarArchiveEntry(
                        "%s/%s/%04d.png".formatted(image.test() ? "test" : "train", image.drawnClass().label(), number));
                entry.setSize(png.length);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(png);
                tar.closeArchiveEntry();
            }
            tar.finish();
        });
    }

    private static byte[] png(byte[] pixels) throws IOException {
        int plane = DrawnImage.SIZE * DrawnImage.SIZE;
        BufferedImage image = new BufferedImage(DrawnImage.SIZE, DrawnImage.SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < plane; i++) {
            int rgb = (pixels[i] & 255) << 16 | (pixels[plane + i] & 255) << 8 | pixels[2 * plane + i] & 255;
            image.setRGB(i % DrawnImage.SIZE, i / DrawnImage.SIZE, rgb);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
