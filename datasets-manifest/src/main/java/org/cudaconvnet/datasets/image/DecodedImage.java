package org.cudaconvnet.datasets.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.cudaconvnet.datasets.DatasetException;

/**
 * A decoded JPEG or PNG.
 *
 * @param channels 3 x height x width unsigned bytes: planes of red, green, blue, each row by row; grey images have three equal
 *                 planes, transparency is dropped, colour profiles are not applied
 */
public record DecodedImage(int width, int height, byte[] channels) {
    public static final int CHANNELS = 3;
    public static final int LARGEST_SIDE = 8192;
    private static final ThreadLocal<ImageReader> JPEG = readers("jpeg");
    private static final ThreadLocal<ImageReader> PNG = readers("png");

    /** Decodes one image; whatever the decoder warns of, such as a premature end, is an error. */
    public static DecodedImage decode(byte[] file) throws IOException {
        ImageReader reader = reader(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            String[] warning = new String[1];
            reader.addIIOReadWarningListener((source, text) -> warning[0] = text);
            if (reader.getWidth(0) > LARGEST_SIDE || reader.getHeight(0) > LARGEST_SIDE) {
                throw new IOException("image of " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels, expected at most "
                        + LARGEST_SIDE + " x " + LARGEST_SIDE);
            }
            BufferedImage image = reader.read(0);
            if (warning[0] != null) {
                throw new IOException("damaged image: " + warning[0]);
            }
            return new DecodedImage(image.getWidth(), image.getHeight(), channels(image));
        } catch (RuntimeException e) {
            // The decoders meet garbled files with many kinds, and garbled colour profiles with kinds of their own.
            throw new IOException("damaged image: " + DatasetException.reason(e), e);
        } finally {
            reader.reset();
        }
    }

    /** Whether a file begins as JPEG files do. */
    public static boolean isJpeg(byte[] file) {
        return file.length > 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8;
    }

    private static ImageReader reader(byte[] file) throws IOException {
        if (isJpeg(file)) {
            return JPEG.get();
        }
        if (file.length > 3 && (file[0] & 0xff) == 0x89 && file[1] == 'P' && file[2] == 'N' && file[3] == 'G') {
            return PNG.get();
        }
        throw new IOException("not an image, expected JPEG or PNG");
    }

    private static byte[] channels(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int plane = width * height;
        byte[] channels = new byte[CHANNELS * plane];
        WritableRaster raster = image.getRaster();
        if (image.getColorModel() instanceof ComponentColorModel && raster.getDataBuffer().getDataType() == DataBuffer.TYPE_BYTE) {
            // Samples as stored: getRGB would pass grey values through a conversion of colour spaces.
            boolean grey = raster.getNumBands() < CHANNELS;
            for (int channel = 0; channel < CHANNELS; channel++) {
                int[] samples = raster.getSamples(0, 0, width, height, grey ? 0 : channel, (int[]) null);
                for (int i = 0; i < plane; i++) {
                    channels[channel * plane + i] = (byte) samples[i];
                }
            }
            return channels;
        }
        return rgbPlanes(image);
    }

    /** An image with its pixels' red, green and blue as the colour model gives them. */
    static DecodedImage of(BufferedImage image) {
        return new DecodedImage(image.getWidth(), image.getHeight(), rgbPlanes(image));
    }

    private static byte[] rgbPlanes(BufferedImage image) {
        int plane = image.getWidth() * image.getHeight();
        byte[] channels = new byte[CHANNELS * plane];
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < plane; i++) {
            channels[i] = (byte) (pixels[i] >> 16);
            channels[plane + i] = (byte) (pixels[i] >> 8);
            channels[2 * plane + i] = (byte) pixels[i];
        }
        return channels;
    }

    private static ThreadLocal<ImageReader> readers(String format) {
        return ThreadLocal.withInitial(() -> ImageIO.getImageReadersByFormatName(format).next());
    }
}
