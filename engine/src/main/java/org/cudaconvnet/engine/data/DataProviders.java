package org.cudaconvnet.engine.data;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;

/** The data providers by the names of option {@code --data-provider}. */
public final class DataProviders {
    private static final Pattern DUMMY = Pattern.compile("dummy-(cn|lr)-([1-9]\\d{0,6})");

    private DataProviders() {
    }

    /**
     * What a provider delivers (spec: command-line.md section 2).
     *
     * @param test          test batches: central crops or all views, nothing random
     * @param cropBorder    pixels that the cropping provider removes on each side
     * @param multiviewTest whether test batches of the cropping providers hold ten views of every image
     * @param colorNoise    coefficient of the colour noise of JPEG batches; 0 for none
     * @param scalarMean    if not 0, one number is subtracted from JPEG images instead of the mean image
     * @param seed          of the colour noise
     */
    public record Options(boolean test, int cropBorder, boolean multiviewTest, float colorNoise, float scalarMean, long seed) {
        /** Options of the providers that know no colour noise. */
        public Options(boolean test, int cropBorder, boolean multiviewTest) {
            this(test, cropBorder, multiviewTest, 0, 0, 0);
        }
    }

    /**
     * Opens a provider; those of pixels load the batches of their range, JPEG batches are read one by one. Draws nothing yet.
     *
     * @param directory batch files; the dummy providers ignore it and the range
     * @param range     batch numbers in their order, empty for all
     * @param random    the front end's generator, which weights and crops share (spec: random.md section 5)
     */
    public static DataProvider open(String name, Path directory, List<Integer> range, Options options, RandomState random) {
        Matcher dummy = DUMMY.matcher(name);
        if (dummy.matches()) {
            return new DummyProvider(Integer.parseInt(dummy.group(2)), dummy.group(1).equals("lr"), random);
        }
        return switch (name) {
            case "cifar" -> new CifarProvider(directory, range);
            case "cifar-cropped" -> new CroppedCifarProvider(directory, range, options.cropBorder(), options.multiviewTest(),
                    options.test() ? null : random);
            case "inet-lr-cropped-jpeg" -> new CroppedJpegProvider(directory, range, options, options.test() ? null : random);
            default -> throw new InputException("data provider " + name
                    + ", expected one of cifar, cifar-cropped, inet-lr-cropped-jpeg, dummy-cn-D, dummy-lr-D (D: number of values per case)");
        };
    }
}
