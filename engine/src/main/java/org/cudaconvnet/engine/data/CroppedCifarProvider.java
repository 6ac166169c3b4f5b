package org.cudaconvnet.engine.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;

/**
 * Provider {@code cifar-cropped}: square crops of the images minus the central crop of the mean image, and labels (spec:
 * data-formats.md section 4). In training each image is cropped at a random place and mirrored half of the time; in testing
 * the crop is central, or all ten views are delivered: corners and centre, then the same mirrored.
 */
final class CroppedCifarProvider extends StoredBatches {
    private static final int CHANNELS = 3;
    /** Cases that are cropped together: their columns of all rows fit into a second-level cache. */
    private static final int CASES_AT_ONCE = 64;

    private final int border;
    private final int size;
    private final int inner;
    private final RandomState random;
    private final List<Crop> testViews;
    private final float[] croppedMean;

    /** @param random source of the training crops; null delivers test views */
    CroppedCifarProvider(Path directory, List<Integer> range, int border, boolean multiviewTest, RandomState random) {
        super(directory, range);
        int numVis = meta().numVis();
        this.border = border;
        this.size = (int) Math.sqrt(numVis / CHANNELS);
        this.random = random;
        if (size * size * CHANNELS != numVis) {
            throw new InputException(directory + ": images of " + numVis + " values, expected three square channels");
        }
        this.inner = Crop.innerSize(size, border);
        this.testViews = Crop.testViews(border, multiviewTest);
        this.croppedMean = Crop.centralCrop(meta().dataMean(), size, border);
    }

    @Override
    boolean isRandom() {
        return random != null;
    }

    @Override
    void fill(LoadedBatch batch, float[] target) {
        int cases = batch.cases();
        Crop[] crops = new Crop[cases];
        if (isRandom()) {
            Arrays.setAll(crops, imageCase -> Crop.random(border, random));
            crop(batch, crops, target, 0, cases);
            return;
        }
        for (int view = 0; view < testViews.size(); view++) {
            Arrays.fill(crops, testViews.get(view));
            crop(batch, crops, target, view * cases, cases * testViews.size());
        }
    }

    private void crop(LoadedBatch batch, Crop[] crops, float[] target, int firstCol, int cols) {
        for (int first = 0; first < crops.length; first += CASES_AT_ONCE) {
            int last = Math.min(first + CASES_AT_ONCE, crops.length);
            for (int row = 0; row < dataDims(0); row++) {
                int channel = row / (inner * inner);
                int y = row / inner % inner;
                int x = row % inner;
                for (int imageCase = first; imageCase < last; imageCase++) {
                    Crop crop = crops[imageCase];
                    int sourceX = crop.startX() + (crop.mirrored() ? inner - 1 - x : x);
                    int sourceRow = (channel * size + crop.startY() + y) * size + sourceX;
                    target[row * cols + firstCol + imageCase] = batch.value(sourceRow, imageCase) - croppedMean[row];
                }
            }
        }
    }

    @Override
    public int dataDims(int dataIdx) {
        return dataIdx == 0 ? CHANNELS * inner * inner : 1;
    }

    @Override
    public int numViews() {
        return isRandom() ? 1 : testViews.size();
    }
}
