package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * In training all images of a mini-batch are scaled by one random factor and cropped at one random place, otherwise the centre is
 * cropped (spec: layers.md section 6). There is no backward step.
 *
 * <p>Four draws u in (0, 1] of the layer's streams take the place of the C library's generator: the size tgtSize + k is the first k with
 * u1 at most (1 + 4 + ... + (k + 1)^2) / (1 + 4 + ... + n^2), n = imgSize - int(imgSize / maxScale) + 1; the factor is low + u2 (high - low)
 * in binary64, rounded, with low = max(1, imgSize / (1 + size)) and high = imgSize / size; the corner is y = ceil(u3 m) - 1, x =
 * ceil(u4 m) - 1 with m = size - tgtSize + 1.
 */
final class RandomScaleLayer extends Layer implements RandomLayer {
    private static final int DRAWS = 4;

    private final int channels;
    private final int imgSize;
    private final int tgtSize;
    private final int numScales;
    private final ReusedMatrix draws;
    private final ReusedMatrix scaled;
    private LayerStreams streams;

    RandomScaleLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        channels = dict.intValue("channels");
        imgSize = dict.intValue("imgSize");
        tgtSize = dict.intValue("tgtSize");
        numScales = imgSize - (int) (imgSize / dict.floatValue("maxScale")) + 1;
        draws = new ReusedMatrix(backend);
        scaled = new ReusedMatrix(backend);
    }

    @Override
    public void drawFrom(LayerStreams layerStreams) {
        streams = layerStreams;
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        if (passType() != PassType.TRAIN) {
            int start = (imgSize - tgtSize) / 2;
            backend().imageTransforms().crop(input(i), acts(), imgSize, tgtSize, start, start);
            return;
        }
        float[] u = new float[DRAWS];
        Matrix drawn = draws.resize(1, DRAWS);
        streams.open().randomizeUniform(drawn);
        backend().download(drawn, u);
        int size = tgtSize + step(u[0]);
        Matrix images = input(i);
        if (size != imgSize) {
            double low = Math.max(1, imgSize / (1.0 + size));
            double high = imgSize / (double) size;
            images = scaled.resize(channels * size * size, cases());
            backend().imageTransforms().resizeBilinear(input(i), images, imgSize, size, (float) (low + u[1] * (high - low)));
        }
        backend().imageTransforms().crop(images, acts(), size, tgtSize, index(u[2], size), index(u[3], size));
    }

    private int step(float u) {
        long all = (long) numScales * (numScales + 1) * (2L * numScales + 1) / 6;
        long sum = 1;
        int step = 0;
        while (u * (double) all > sum) {
            step++;
            sum += (step + 1L) * (step + 1);
        }
        return step;
    }

    private int index(float u, int size) {
        return (int) Math.ceil(u * (double) (size - tgtSize + 1)) - 1;
    }

    @Override
    public void close() {
        super.close();
        draws.close();
        scaled.close();
    }
}
