package org.cudaconvnet.engine.data;

import org.cudaconvnet.datasets.batch.BatchFile;
import org.cudaconvnet.engine.config.HostMatrix;

/** A batch kept in memory as it was stored: images of bytes stay bytes. */
final class LoadedBatch {
    private final byte[] bytes;
    private final float[] floats;
    private final int cases;
    private final float[] labels;

    LoadedBatch(BatchFile file) {
        bytes = file.data().isFloating() ? null : file.data().bytes();
        floats = file.data().isFloating() ? file.data().floats() : null;
        cases = file.cases();
        labels = new float[cases];
        for (int i = 0; i < cases; i++) {
            labels[i] = file.labels()[i];
        }
    }

    int cases() {
        return cases;
    }

    /** Value {@code row} of image {@code imageCase}, 0 to 255 in stored bytes. */
    float value(int row, int imageCase) {
        int index = row * cases + imageCase;
        return bytes != null ? bytes[index] & 0xff : floats[index];
    }

    /** The labels 1 x (cases * views), repeated per view. */
    HostMatrix labels(int views) {
        float[] tiled = new float[cases * views];
        for (int view = 0; view < views; view++) {
            System.arraycopy(labels, 0, tiled, view * cases, cases);
        }
        return new HostMatrix(1, tiled.length, false, tiled);
    }
}
