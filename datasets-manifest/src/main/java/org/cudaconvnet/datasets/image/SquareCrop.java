package org.cudaconvnet.datasets.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An image as the ImageNet providers store it: scaled so that its shorter side has the wanted length, the middle of the longer side
 * kept (Krizhevsky, Sutskever and Hinton 2012, section 2).
 */
public final class SquareCrop {
    private static final float QUALITY = 0.95f;

    private SquareCrop() {
    }

    /** The middle square of {@code image}, scaled to {@code size} x {@code size}; the image itself where it has that size. */
    public static DecodedImage of(DecodedImage image, int size) {
        if (image.width() == size && image.height() == size) {
            return image;
        }
        int side = Math.min(image.width(), image.height());
        BufferedImage square = pixels(image, (image.width() - side) / 2, (image.height() - side) / 2, side, side);
        // Bilinear interpolation reads four pixels only: halving first lets every pixel count.
        while (square.getWidth() >= 2 * size) {
            square = scaled(square, square.getWidth() / 2);
        }
        return DecodedImage.of(scaled(square, size));
    }

    private static BufferedImage scaled(BufferedImage square, int size) {
        BufferedImage scaled = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(square, 0, 0, size, size, null);
        graphics.dispose();
        return scaled;
    }

    /** A JPEG file of the image. */
    public static byte[] jpeg(DecodedImage image) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(pixels(image, 0, 0, image.width(), image.height()), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static BufferedImage pixels(DecodedImage image, int startX, int startY, int width, int height) {
        BufferedImage part = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        byte[] channels = image.channels();
        int plane = image.width() * image.height();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = (startY + y) * image.width() + startX + x;
                part.setRGB(x, y, (channels[i] & 0xff) << 16 | (channels[plane + i] & 0xff) << 8 | channels[2 * plane + i] & 0xff);
            }
        }
        return part;
    }
}
