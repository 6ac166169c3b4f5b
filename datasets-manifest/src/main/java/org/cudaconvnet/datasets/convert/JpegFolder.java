package org.cudaconvnet.datasets.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.archive.Entries;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.datasets.batch.JpegBatch;
import org.cudaconvnet.datasets.batch.JpegMeta;
import org.cudaconvnet.datasets.image.DecodedImage;
import org.cudaconvnet.datasets.image.SquareCrop;

/**
 * Images of any size in folders, in the order of {@link FolderOrder}, as the JPEG batches of the ImageNet nets: each image scaled and
 * cropped to a square, batches of at most 1024, training from number 1, test from 2000 as for the 2010 contest (spec: data-formats.md
 * sections 5.1 and 7). JPEG files that have the size already are stored as they are.
 */
final class JpegFolder {
    private static final int BATCH_SIZE = 1024;
    private static final int TEST_NUMBERS = 1000;
    private static final int FIRST_TEST_NUMBER = 2 * TEST_NUMBERS;

    private final Entries entries;
    private final FolderOrder folders;
    private final int size;
    private final List<String> order = new ArrayList<>();

    JpegFolder(Entries entries, List<String> names, Conversion.Options options) {
        this.entries = entries;
        this.folders = new FolderOrder(entries.source(), names, 1, options.shuffleSeed());
        this.size = options.jpegSize();
        order.addAll(folders.train());
        order.addAll(folders.test());
    }

    void convert(BatchDirectoryWriter writer, Conversion.Progress progress) {
        ColorStatistics statistics = new ColorStatistics(size);
        try (SpooledImages spool = new SpooledImages(writer.scratchFile("images"), order.size())) {
            spool(spool, statistics, progress);
            write(writer, spool);
        } catch (IOException e) {
            throw new DatasetException(entries.source() + ": cannot be converted: " + DatasetException.reason(e), e);
        }
        writer.finish(new BatchMeta(statistics.mean().length, folders.labelNames(), statistics.mean(), BATCH_SIZE),
                new JpegMeta(BATCH_SIZE, 0, false, statistics.colorPca()));
    }

    private void spool(SpooledImages spool, ColorStatistics statistics, Conversion.Progress progress) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < order.size(); place++) {
            places.put(order.get(place), place);
        }
        try (ImageWorkers workers = new ImageWorkers(order.size(), progress)) {
            entries.forEach(entry -> {
                Integer place = places.get(entry.name());
                if (place != null) {
                    byte[] file = entry.bytes(ImageFolder.LARGEST_FILE);
                    String name = entry.name();
                    workers.execute(entries.source() + ": entry " + name, () -> {
                        DecodedImage image = DecodedImage.decode(file);
                        DecodedImage square = SquareCrop.of(image, size);
                        boolean asStored = square == image && DecodedImage.isJpeg(file);
                        spool.put(place, new JpegBatch.Image(asStored ? file : SquareCrop.jpeg(square), image.width(), image.height(),
                                name, folders.label(name)));
                        if (place < folders.train().size()) {
                            statistics.add(square);
                        }
                    });
                }
            });
            workers.finish();
        }
    }

    private void write(BatchDirectoryWriter writer, SpooledImages spool) throws IOException {
        int trainImages = folders.train().size();
        int trainBatches = writeBatches(writer, spool, 1, 0, trainImages);
        int firstTest = Math.max(FIRST_TEST_NUMBER, (trainBatches / TEST_NUMBERS + 1) * TEST_NUMBERS);
        writeBatches(writer, spool, firstTest, trainImages, order.size());
    }

    /** The number of batches written. */
    private static int writeBatches(BatchDirectoryWriter writer, SpooledImages spool, int firstNumber, int from, int to) throws IOException {
        int number = firstNumber;
        for (int first = from; first < to; first += BATCH_SIZE) {
            List<JpegBatch.Image> images = new ArrayList<>();
            for (int place = first; place < Math.min(first + BATCH_SIZE, to); place++) {
                images.add(spool.take(place));
            }
            writer.writeJpegs(number++, images);
        }
        return number - firstNumber;
    }
}
