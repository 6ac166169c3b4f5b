package org.cudaconvnet.datasets.drawn;

import static org.cudaconvnet.datasets.drawn.Outline.disc;
import static org.cudaconvnet.datasets.drawn.Outline.polygon;
import static org.cudaconvnet.datasets.drawn.Outline.rectangle;
import static org.cudaconvnet.datasets.drawn.Outline.star;

/** The ten classes of the drawn data set. Every outline fits into the unit disc; the constants' order gives the class numbers. */
public enum DrawnClass {
    ARROW(polygon(0, -1, 0.7, -0.2, 0.25, -0.2, 0.25, 0.95, -0.25, 0.95, -0.25, -0.2, -0.7, -0.2)),
    CRESCENT(disc(0, 0, 0.95).without(disc(0.5, 0, 0.75))),
    CROSS(rectangle(0, 0, 0.95, 0.26).or(rectangle(0, 0, 0.26, 0.95))),
    DISC(disc(0, 0, 0.85)),
    DUMBBELL(disc(-0.58, 0, 0.4).or(disc(0.58, 0, 0.4)).or(rectangle(0, 0, 0.5, 0.13))),
    LADDER(rectangle(0, -0.62, 0.75, 0.17).or(rectangle(0, 0, 0.75, 0.17)).or(rectangle(0, 0.62, 0.75, 0.17))),
    RING(disc(0, 0, 0.95).without(disc(0, 0, 0.52))),
    SQUARE(rectangle(0, 0, 0.7, 0.7)),
    STAR(star(5, 0.42)),
    TRIANGLE(polygon(0, -0.95, 0.82, 0.48, -0.82, 0.48));

    private final Outline outline;

    DrawnClass(Outline outline) {
        this.outline = outline;
    }

    Outline outline() {
        return outline;
    }

    /** The name in the archive and in batches.meta. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
