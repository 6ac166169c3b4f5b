package org.cudaconvnet.engine.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.JpegBatch;
import org.cudaconvnet.datasets.batch.JpegMeta;
import org.cudaconvnet.datasets.image.DecodedImage;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.DataMatrix;
import org.cudaconvnet.engine.config.HostMatrix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provider {@code inet-lr-cropped-jpeg} of the 2012 ImageNet runs: square crops of JPEG images minus the central crop of the mean
 * image, and labels (spec: data-formats.md section 5). In training, chunks of 32 consecutive images share one random crop and mirror,
 * and colour noise is added; in testing the crop is central, or all ten views are delivered. Images that cannot be decoded are left
 * out with their labels, so a batch may be shorter than stored.
 */
final class CroppedJpegProvider extends BatchRangeProvider {
    private static final Logger LOG = LoggerFactory.getLogger(CroppedJpegProvider.class);
    private static final int CHANNELS = DecodedImage.CHANNELS;
    private static final int CHUNK = 32;

    private final BatchDirectory stored;
    private final DataProviders.Options options;
    private final RandomState random;
    private final int size;
    private final float scalarMean;
    private final float[] croppedMean;
    private final ColorNoise noise;

    /** @param random source of the training crops; null delivers test views without noise */
    CroppedJpegProvider(Path directory, List<Integer> range, DataProviders.Options options, RandomState random) {
        this(BatchDirectory.open(directory), range, options, random);
    }

    private CroppedJpegProvider(BatchDirectory stored, List<Integer> range, DataProviders.Options options, RandomState random) {
        super(range.isEmpty() ? stored.batchNumbers() : range);
        this.stored = stored;
        this.options = options;
        this.random = random;
        int numVis = stored.meta().numVis();
        size = (int) Math.sqrt(numVis / CHANNELS);
        if (size * size * CHANNELS != numVis) {
            throw new InputException(stored.path() + ": images of " + numVis + " values, expected three square channels");
        }
        JpegMeta meta = stored.jpegMeta();
        scalarMean = average(stored.meta().dataMean());
        croppedMean = Crop.centralCrop(stored.meta().dataMean(), size, options.cropBorder());
        if (meta.noCrop() || options.scalarMean() != 0) {
            Arrays.fill(croppedMean, scalarMean);
        }
        boolean noisy = random != null && options.colorNoise() > 0;
        if (noisy && meta.colorPca() == null) {
            throw new InputException(stored.path() + ": no key color_pca in batches.meta, which --color-noise=" + options.colorNoise()
                    + " needs");
        }
        noise = noisy ? new ColorNoise(options.colorNoise(), meta.colorPca(), options.seed()) : null;
        for (int number : batchRange()) {
            if (!stored.batchNumbers().contains(number)) {
                throw new InputException(stored.path() + ": no data_batch_" + number + ", expected one of " + stored.batchNumbers());
            }
        }
    }

    private static float average(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return (float) (sum / values.length);
    }

    @Override
    protected List<DataMatrix> matrices(int batchNumber) {
        JpegBatch batch = stored.readJpegs(batchNumber);
        byte[][] decoded = IntStream.range(0, batch.labels().length).parallel()
                .mapToObj(image -> decoded(batchNumber, image, batch.images().get(image))).toArray(byte[][]::new);
        int[] whole = IntStream.range(0, decoded.length).filter(image -> decoded[image] != null).toArray();
        if (whole.length == 0) {
            throw new InputException(stored.path() + ": data_batch_" + batchNumber + ": none of its " + decoded.length + " images can be decoded");
        }
        byte[][] images = Arrays.stream(decoded).filter(Objects::nonNull).toArray(byte[][]::new);
        float[] labels = new float[whole.length * numViews()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = batch.labels()[whole[i % whole.length]];
        }
        float[][] shifts = noise == null ? null : noise.draw(epoch(), batchNumber, images.length);
        float divisor = noise == null ? 1 : 1 + noise.coefficient();
        return List.of(new CroppedImages(images, size, crops(images.length), croppedMean, shifts, divisor),
                new HostMatrix(1, labels.length, false, labels));
    }

    private Crop[] crops(int images) {
        int border = options.cropBorder();
        Crop[] crops = new Crop[images * numViews()];
        if (random != null) {
            for (int first = 0; first < images; first += CHUNK) {
                Arrays.fill(crops, first, Math.min(first + CHUNK, images), Crop.random(border, random));
            }
            return crops;
        }
        List<Crop> views = Crop.testViews(border, options.multiviewTest());
        for (int view = 0; view < views.size(); view++) {
            Arrays.fill(crops, view * images, (view + 1) * images, views.get(view));
        }
        return crops;
    }

    /** Planes of size x size bytes; null for what is no image. */
    private byte[] decoded(int batchNumber, int index, byte[] jpeg) {
        DecodedImage image;
        try {
            image = DecodedImage.decode(jpeg);
        } catch (IOException e) {
            LOG.warn("data_batch_{}: image {} is left out: {}", batchNumber, index, e.getMessage());
            return null;
        }
        if (image.width() == size && image.height() == size) {
            return image.channels();
        }
        if (!stored.jpegMeta().noCrop() || image.width() > size || image.height() > size) {
            throw new InputException(stored.path() + ": data_batch_" + batchNumber + ": image " + index + " has " + image.width() + " x "
                    + image.height() + " pixels, expected " + size + " x " + size);
        }
        return centred(image);
    }

    private byte[] centred(DecodedImage image) {
        byte[] canvas = new byte[CHANNELS * size * size];
        Arrays.fill(canvas, (byte) (int) scalarMean);
        int startY = (size - image.height()) / 2;
        int startX = (size - image.width()) / 2;
        for (int line = 0; line < CHANNELS * image.height(); line++) {
            int channel = line / image.height();
            int y = startY + line % image.height();
            System.arraycopy(image.channels(), line * image.width(), canvas, (channel * size + y) * size + startX, image.width());
        }
        return canvas;
    }

    @Override
    public int dataDims(int dataIdx) {
        return dataIdx == 0 ? croppedMean.length : 1;
    }

    @Override
    public int numClasses() {
        return stored.meta().labelNames().size();
    }

    @Override
    public int numViews() {
        return random == null && options.multiviewTest() ? Crop.testViews(options.cropBorder(), true).size() : 1;
    }
}
