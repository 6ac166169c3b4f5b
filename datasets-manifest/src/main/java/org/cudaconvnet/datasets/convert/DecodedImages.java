package org.cudaconvnet.datasets.convert;

import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.image.DecodedImage;

/** Decodes images of one size on all cores into their places in batches, whatever the order they come in. */
final class DecodedImages implements AutoCloseable {
    private final int[] begins;
    private final byte[][] batches;
    private final ImageWorkers workers;
    private DecodedImage first;

    /** @param begins where each batch begins in the order of all images, and at last their number */
    DecodedImages(int[] begins, Conversion.Progress progress) {
        this.begins = begins;
        this.batches = new byte[begins.length - 1][];
        this.workers = new ImageWorkers(begins[begins.length - 1], progress);
    }

    /**
     * Decodes one image, at once or later.
     *
     * @param place where it belongs in the order of all images
     * @param name  what it is, for messages
     * @throws DatasetException if this or an earlier image is damaged or of another size than the first
     */
    void decode(int place, byte[] file, String name) {
        ImageWorkers.Work work = () -> store(place, DecodedImage.decode(file), name);
        if (numVis() == 0) {
            // The first image of the archive, not the first one ready, says what size all must have.
            workers.executeNow(name, work);
            workers.throwFailure();
        } else {
            workers.execute(name, work);
        }
    }

    /** Waits for all images; after that {@link #take} delivers them. */
    void finish() {
        workers.finish();
    }

    @Override
    public void close() {
        workers.close();
    }

    /** Values of one image; 0 before the first. */
    synchronized int numVis() {
        return first == null ? 0 : first.channels().length;
    }

    /** The images of batch {@code number}, cases x numVis; they are forgotten here. */
    synchronized byte[] take(int number) {
        byte[] batch = batches[number - 1];
        batches[number - 1] = null;
        return batch;
    }

    private synchronized void store(int place, DecodedImage image, String name) {
        if (first == null) {
            first = image;
            for (int batch = 0; batch < batches.length; batch++) {
                batches[batch] = new byte[Math.multiplyExact(begins[batch + 1] - begins[batch], image.channels().length)];
            }
        }
        if (image.width() != first.width() || image.height() != first.height()) {
            throw new DatasetException(name + ": image of " + image.width() + " x " + image.height() + " pixels, expected "
                    + first.width() + " x " + first.height() + " as the first");
        }
        int batch = 0;
        while (place >= begins[batch + 1]) {
            batch++;
        }
        System.arraycopy(image.channels(), 0, batches[batch], (place - begins[batch]) * numVis(), numVis());
    }
}
