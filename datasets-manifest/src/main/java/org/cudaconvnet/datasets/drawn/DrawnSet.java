package org.cudaconvnet.datasets.drawn;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cudaconvnet.datasets.archive.Digest;

/**
 * A labelled set of drawn images. A set is its seed and sizes: the same pixels come out on every virtual machine, which
 * {@link #digest} proves. The classes follow each other in turn, first the training images, then the test images.
 */
public record DrawnSet(long seed, int trainCases, int testCases) {
    /** The set of the quick start: a fifth of CIFAR-10 in number, so that the recipe of 5 training batches and a test batch fits. */
    public static final DrawnSet STANDARD = new DrawnSet(2012, 10_000, 2_000);

    /** {@link #digest} of {@link #STANDARD}. */
    public static final String STANDARD_DIGEST = "2f126739492904502410426e263bd5e5ced4154e2c472711bbe289344ad0e7ef";

    /**
     * One image.
     *
     * @param pixels 3 x 32 x 32 (channel, y, x), the layout of a CIFAR-10 image
     */
    public record Case(boolean test, DrawnClass drawnClass, byte[] pixels) {
    }

    /** Draws all images. */
    public List<Case> cases() {
        DrawnClass[] classes = DrawnClass.values();
        long[] seeds = new Random(seed).longs(trainCases + testCases).toArray();
        return IntStream.range(0, seeds.length).parallel()
                .mapToObj(i -> {
                    DrawnClass drawnClass = classes[i % classes.length];
                    return new Case(i >= trainCases, drawnClass, DrawnImage.draw(drawnClass, seeds[i]));
                })
                .toList();
    }

    /** SHA-256 over all images in order: one byte of class number, then the pixels. */
    public static String digest(List<Case> cases) {
        MessageDigest digest = Digest.sha256();
        for (Case image : cases) {
            digest.update((byte) image.drawnClass().ordinal());
            digest.update(image.pixels());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
