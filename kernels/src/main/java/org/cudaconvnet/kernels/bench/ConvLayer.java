package org.cudaconvnet.kernels.bench;

import java.util.List;
import org.cudaconvnet.kernels.ConvGeometry;

/**
 * A named convolution layer to measure.
 *
 * @param needsImgActs false where the layer reads data, so that training never computes its image gradient
 */
public record ConvLayer(String name, ConvGeometry geometry, int partialSum, boolean needsImgActs) {
    /** The CIFAR-10 recipe 80sec (spec: configs/cifar-80sec.md). */
    public static final List<ConvLayer> CIFAR_80SEC = List.of(
            layer("80sec conv1", 32, 3, 32, 5, 2, 1, 1, 4, false),
            layer("80sec conv2", 16, 32, 32, 5, 2, 1, 1, 4, true),
            layer("80sec conv3", 8, 32, 64, 5, 2, 1, 1, 4, true));

    /** AlexNet with both towers in one net (spec: kernels-reproduction-notes.md section 5). */
    public static final List<ConvLayer> ALEXNET = List.of(
            layer("alexnet conv1", 224, 3, 96, 11, 0, 4, 1, 55, false),
            layer("alexnet conv2", 27, 96, 256, 5, 2, 1, 2, 27, true),
            layer("alexnet conv3", 13, 256, 384, 3, 1, 1, 1, 13, true),
            layer("alexnet conv4", 13, 384, 384, 3, 1, 1, 2, 13, true),
            layer("alexnet conv5", 13, 384, 256, 3, 1, 1, 2, 13, true));

    /** The third layer of AlexNet with a quarter of its channels and filters, for devices that take seconds for the whole. */
    static final ConvLayer ALEXNET_QUARTER = layer("alexnet conv3/4", 13, 64, 96, 3, 1, 1, 1, 13, true);

    private static ConvLayer layer(String name, int imgSize, int channels, int filters, int filterSize, int padding, int stride,
                                   int groups, int partialSum, boolean needsImgActs) {
        int modules = 1 + (2 * padding + imgSize - filterSize + stride - 1) / stride;
        ConvGeometry geometry = new ConvGeometry(imgSize, imgSize, channels, filters, filterSize, modules, modules, -padding, stride,
                channels / groups, groups, false, null);
        return new ConvLayer(name, geometry, partialSum, needsImgActs);
    }

    /** Floating-point operations of the forward pass, padding included; both gradients count the same. */
    double flops(int numImages) {
        return 2.0 * geometry.hidActsRows() * numImages * geometry.numFilterColors() * geometry.filterPixels();
    }
}
