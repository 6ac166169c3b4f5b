package org.cudaconvnet.engine.data;

import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;

/** The place of a square crop in an image, and whether it is mirrored afterwards (spec: data-formats.md sections 4 and 5.2). */
record Crop(int startY, int startX, boolean mirrored) {
    /** A random crop of an image that loses {@code border} pixels on each side; order of draws: y, x, mirror, where 0 mirrors. */
    static Crop random(int border, RandomState random) {
        int startY = random.randint(0, 2 * border + 1);
        int startX = random.randint(0, 2 * border + 1);
        return new Crop(startY, startX, random.randint(2) == 0);
    }

    static Crop central(int border) {
        return new Crop(border, border, false);
    }

    /** The views of testing: the central crop, or with {@code all} corners and centre, then the same mirrored. */
    static List<Crop> testViews(int border, boolean all) {
        if (!all) {
            return List.of(central(border));
        }
        int far = 2 * border;
        return List.of(new Crop(0, 0, false), new Crop(0, far, false), central(border), new Crop(far, 0, false),
                new Crop(far, far, false), new Crop(0, 0, true), new Crop(0, far, true), new Crop(border, border, true),
                new Crop(far, 0, true), new Crop(far, far, true));
    }

    /** The side of what is left of an image of {@code size} pixels on each side. */
    static int innerSize(int size, int border) {
        if (border < 0 || size - 2 * border < 1) {
            throw new InputException("crop border " + border + ", expected 0 to " + (size - 1) / 2 + " for images of " + size + " x " + size);
        }
        return size - 2 * border;
    }

    /** The central crop of planes of {@code size} x {@code size} values. */
    static float[] centralCrop(float[] planes, int size, int border) {
        int inner = innerSize(size, border);
        float[] cropped = new float[planes.length / (size * size) * inner * inner];
        for (int row = 0; row < cropped.length; row++) {
            int y = row / inner;
            cropped[row] = planes[((y / inner) * size + border + y % inner) * size + border + row % inner];
        }
        return cropped;
    }
}
