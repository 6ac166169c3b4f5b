package org.cudaconvnet.datasets.drawn;

import java.util.Random;

/**
 * One scene: an object of a class on a textured ground among clutter. Position, size, turn, colours, light, texture, clutter,
 * the bar that may hide a part, and the noise are drawn independently of the class, so that single pixels tell nearly nothing about it.
 */
final class DrawnImage {
    static final int SIZE = 32;

    private static final Outline[] CLUTTER = {
        Outline.disc(0, 0, 1), Outline.rectangle(0, 0, 0.8, 0.8), Outline.rectangle(0, 0, 2.2, 0.45)
    };

    // java.util.Random's algorithm is part of its specification.
    private final Random random;
    private final Canvas canvas = new Canvas(SIZE);

    private DrawnImage(long seed) {
        this.random = new Random(seed);
    }

    /** The pixels of a scene, 3 x 32 x 32 (channel, y, x). */
    static byte[] draw(DrawnClass drawnClass, long seed) {
        return new DrawnImage(seed).scene(drawnClass);
    }

    private byte[] scene(DrawnClass drawnClass) {
        double[] ground = colour();
        canvas.fill(texture(ground, 0.25));
        for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
            paint(CLUTTER[random.nextInt(CLUTTER.length)], between(0, SIZE), between(0, SIZE), between(1, 2.5), texture(colour(), 0.1));
        }
        double radius = between(8, 13);
        double reach = SIZE / 2.0 - radius;
        double centreX = SIZE / 2.0 + between(-reach, reach);
        double centreY = SIZE / 2.0 + between(-reach, reach);
        paint(drawnClass.outline(), centreX, centreY, radius, texture(colourUnlike(ground), 0.2));
        if (random.nextInt(3) == 0) {
            paint(Outline.rectangle(0, 0, 40, 1), between(6, SIZE - 6), between(6, SIZE - 6), between(0.8, 1.6), texture(colour(), 0.1));
        }
        double noise = between(0.01, 0.06);
        Canvas noisy = new Canvas(SIZE);
        byte[] clean = canvas.bytes();
        noisy.fill((channel, x, y) -> (clean[(channel * SIZE + y) * SIZE + x] & 255) / 255.0 + noise * random.nextGaussian());
        return noisy.bytes();
    }

    private void paint(Outline outline, double centreX, double centreY, double radius, Canvas.Paint paint) {
        double angle = between(0, 2 * Math.PI);
        canvas.paint(outline, centreX, centreY, radius, StrictMath.cos(angle), StrictMath.sin(angle), paint);
    }

    /** A colour that shades off along a random direction, crossed by soft waves. */
    private Canvas.Paint texture(double[] colour, double strength) {
        double[] change = {between(-1, 1), between(-1, 1), between(-1, 1)};
        double angle = between(0, 2 * Math.PI);
        double cosine = StrictMath.cos(angle) / SIZE;
        double sine = StrictMath.sin(angle) / SIZE;
        double waves = between(2, 20);
        double height = between(0, strength / 3);
        return (channel, x, y) -> {
            double along = cosine * (x - SIZE / 2) + sine * (y - SIZE / 2);
            double across = cosine * y - sine * x;
            return colour[channel] + strength * change[channel] * along + height * StrictMath.sin(waves * across);
        };
    }

    private double[] colour() {
        double light = between(0.1, 0.9);
        return new double[] {light + between(-0.2, 0.2), light + between(-0.2, 0.2), light + between(-0.2, 0.2)};
    }

    private double[] colourUnlike(double[] other) {
        while (true) {
            double[] colour = colour();
            double contrast = 0;
            for (int channel = 0; channel < 3; channel++) {
                contrast += (colour[channel] - other[channel]) / 3;
            }
            if (Math.abs(contrast) > 0.25) {
                return colour;
            }
        }
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
