package org.cudaconvnet.datasets.drawn;

/**
 * A square RGB picture in [0, 1] per channel, painted with anti-aliased outlines. Only IEEE additions, products, divisions and
 * square roots: the pixels are the same on every virtual machine.
 */
final class Canvas {
    /** A colour for every place of the picture. */
    @FunctionalInterface
    interface Paint {
        double channel(int channel, int x, int y);
    }

    private final int size;
    private final double[] channels;

    Canvas(int size) {
        this.size = size;
        this.channels = new double[3 * size * size];
    }

    void fill(Paint paint) {
        for (int channel = 0, i = 0; channel < 3; channel++) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++, i++) {
                    channels[i] = paint.channel(channel, x, y);
                }
            }
        }
    }

    /** Paints an outline of the given radius, turned by an angle of cosine and sine, round a centre in pixels. */
    void paint(Outline outline, double centreX, double centreY, double radius, double cosine, double sine, Paint paint) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double shiftX = (x + 0.5 - centreX) / radius;
                double shiftY = (y + 0.5 - centreY) / radius;
                double distance = outline.distance(cosine * shiftX + sine * shiftY, cosine * shiftY - sine * shiftX);
                double cover = Math.max(0, Math.min(1, 0.5 - distance * radius));
                for (int channel = 0; cover > 0 && channel < 3; channel++) {
                    int i = (channel * size + y) * size + x;
                    channels[i] += cover * (paint.channel(channel, x, y) - channels[i]);
                }
            }
        }
    }

    /** The pixels as bytes, three planes (red, green, blue), each row by row. */
    byte[] bytes() {
        byte[] bytes = new byte[channels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) (255 * Math.max(0, Math.min(1, channels[i])) + 0.5);
        }
        return bytes;
    }
}
