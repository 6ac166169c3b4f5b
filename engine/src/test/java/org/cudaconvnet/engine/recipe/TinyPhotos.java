package org.cudaconvnet.engine.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.datasets.batch.ColorPca;
import org.cudaconvnet.datasets.batch.JpegBatch;
import org.cudaconvnet.datasets.batch.JpegMeta;
import org.cudaconvnet.datasets.image.DecodedImage;
import org.cudaconvnet.datasets.image.SquareCrop;
import org.cudaconvnet.engine.config.Nets;

/** JPEG batches of a few small images of noise, and alexnet-145 with few filters and units for them. */
final class TinyPhotos {
    /** Crops of 67 x 67 give 15 x 15, 7 x 7 and 3 x 3 modules where those of 224 x 224 give 55 x 55, 27 x 27 and 13 x 13. */
    static final int SIDE = 75;
    static final int CROP_BORDER = 4;
    private static final Random RANDOM = new Random(3);

    private TinyPhotos() {
    }

    /** Writes batches with the numbers given, each of so many images. */
    static Path write(Path folder, int classes, List<Integer> numbers, int imagesPerBatch) {
        float[] mean = new float[3 * SIDE * SIDE];
        Arrays.fill(mean, 128);
        ColorPca colorPca = new ColorPca(new float[] {40, 10, 5}, new float[] {0.6f, 0.8f, 0, 0.8f, -0.6f, 0, 0, 0, 1});
        try (BatchDirectoryWriter writer = BatchDirectoryWriter.create(folder)) {
            for (int number : numbers) {
                List<JpegBatch.Image> images = new ArrayList<>();
                for (int i = 0; i < imagesPerBatch; i++) {
                    images.add(new JpegBatch.Image(jpeg(), SIDE, SIDE, "n" + i, (number + i) % classes));
                }
                writer.writeJpegs(number, images);
            }
            writer.finish(new BatchMeta(mean.length, Collections.nCopies(classes, "thing"), mean, imagesPerBatch),
                    new JpegMeta(imagesPerBatch, 0, false, colorPca));
        }
        return folder;
    }

    private static byte[] jpeg() {
        byte[] channels = new byte[3 * SIDE * SIDE];
        RANDOM.nextBytes(channels);
        try {
            return SquareCrop.jpeg(new DecodedImage(SIDE, SIDE, channels));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static NetFiles net(Path folder) {
        String layers = Nets.layersText("alexnet-145").replaceAll("\\b(48|128|192)\\b", "16").replace("=2048", "=24")
                .replace("partialSum=13", "partialSum=9").replace("partialSum=3", "partialSum=7");
        return new NetFiles(folder, layers, Nets.paramsText("alexnet-145"));
    }
}
