package org.cudaconvnet.golden.kernelcases;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.golden.kernelcases.ConvolutionPlan.Inputs;
import org.cudaconvnet.golden.kernelcases.ConvolutionPlan.Operation;
import org.cudaconvnet.kernels.ConvGeometry;

/**
 * The cases for every CUDA kernel of filterActs, imgActs and weightActs, with sizes for which the launchers choose that kernel. Together
 * they take every branch of a kernel: dense, grouped, sparse and local filters; padding on all sides; strides; several tiles and a
 * ragged last one in every direction; targets that are read or not. Numbers of images beyond the last quad differ from case to case.
 */
final class ConvolutionPlans {
    private final List<ConvolutionPlan> plans = new ArrayList<>();

    private ConvolutionPlans() {
        for (int filters : new int[] {96, 64, 48, 32, 16}) {
            filterActs("f" + filters + "_i128", filters, 128, 128, 256, 128);
        }
        filterActs("f32_i32_checked", 32, 37, 70, 39, 36);
        filterActs("f16_i32_checked", 16, 37, 70, 39, 36);
        imgActs("c96_i128", 96, 96, 192, 96, 128, 128, 256, 128);
        imgActs("c64_i128", 64, 64, 128, 64, 128, 128, 256, 128);
        imgActs("c48_i128", 48, 48, 144, 48, 128, 128, 256, 128);
        imgActs("c32_i128", 32, 32, 160, 32, 128, 128, 256, 128);
        imgActs("c16_i128", 16, 16, 80, 16, 128, 128, 256, 128);
        imgActs("c32_i32_checked", 34, 36, 44, 32, 37, 70, 39, 36);
        imgActs("c4_i128_checked", 6, 8, 8, 4, 129, 130, 259, 132);
        for (int filters : new int[] {128, 96, 64, 48, 32}) {
            weightActs("w64_f" + filters, filters, 3, 16, 16, 24, 8, 16);
        }
        weightActs("w32_f64", 64, 2, 4, 16, 24, 8, 16);
        weightActs("w32_f32", 32, 2, 4, 16, 24, 8, 16);
        weightActs("w32_f16", 16, 3, 8, 16, 24, 8, 16);
        for (int filters : new int[] {32, 16}) {
            String tile = "w32_f" + filters + "_checked";
            weightActs(tile, filters, 3, 8, 21, 22, 15, 12);
            // The first stage, too, ends in any place.
            for (int images : new int[] {1, 4, 5, 6, 7}) {
                add(Operation.WeightActs, tile, "-" + images, new ConvGeometry(2, 2, 8, filters, 2, 1, 1, 0, 1, 8, 1, false, null), images, 1,
                        false, Inputs.COARSE);
            }
        }
    }

    static List<ConvolutionPlan> all() {
        return List.copyOf(new ConvolutionPlans().plans);
    }

    private void filterActs(String tile, int filters, int images, int otherImages, int moreImages, int localImages) {
        // One module inside the image, one that hangs over its right edge; exactly 4 channels are the fewest that go in pairs.
        add(Operation.FilterActs, tile, "", new ConvGeometry(3, 4, 4, filters, 3, 1, 2, 0, 2, 4, 1, false, null), images, 0, true, Inputs.FINE);
        // 72 steps: nine whole stages, three batches of found steps.
        add(Operation.FilterActs, tile, "-grouped", new ConvGeometry(4, 5, 16, 2 * filters, 3, 2, 3, -1, 2, 8, 2, false, null), otherImages, 0,
                true, Inputs.COARSE);
        // 90 steps: a ragged last stage.
        add(Operation.FilterActs, tile, "-sparse", new ConvGeometry(3, 4, 10, 2 * filters, 3, 1, 2, 0, 2, 10, 2, false, permutations(2, 10)),
                moreImages, 0, false, Inputs.COARSE);
        add(Operation.FilterActs, tile, "-local", new ConvGeometry(4, 3, 3, filters, 3, 2, 2, -1, 2, 3, 1, true, null), localImages, 0, true,
                Inputs.COARSE);
        // A single step; and 25, of which the seventh reads the first pixel.
        add(Operation.FilterActs, tile, "-point", new ConvGeometry(1, 2, 1, filters, 1, 1, 2, 0, 1, 1, 1, false, null), images, 0, false,
                Inputs.COARSE);
        add(Operation.FilterActs, tile, "-padded", new ConvGeometry(4, 4, 1, filters, 5, 1, 1, -1, 1, 1, 1, false, null), images, 0, false,
                Inputs.COARSE);
        // Modules over every edge and corner of the image, one step of it after the padding at most.
        add(Operation.FilterActs, tile, "-underflow", new ConvGeometry(2, 2, 4, filters, 2, 3, 3, -1, 1, 4, 1, false, null), images, 0, false,
                Inputs.TINY);
    }

    private void imgActs(String tile, int channels, int groupChannels, int sparseChannels, int localChannels, int images, int otherImages,
                         int moreImages, int localImages) {
        // Two overlapping modules side by side: the first pixel is covered by both, the second by one.
        add(Operation.ImgActs, tile, "", new ConvGeometry(1, 2, channels, 16, 2, 1, 2, -1, 1, channels, 1, false, null), images, 0, true,
                Inputs.FINE);
        add(Operation.ImgActs, tile, "-grouped", new ConvGeometry(3, 4, 2 * groupChannels, 32, 3, 2, 2, -1, 2, groupChannels, 2, false, null),
                otherImages, 0, true, Inputs.COARSE);
        add(Operation.ImgActs, tile, "-sparse", new ConvGeometry(2, 1, sparseChannels, 32, 2, 2, 1, -1, 1, sparseChannels, 2, false,
                permutations(2, sparseChannels)), moreImages, 0, false, Inputs.COARSE);
        add(Operation.ImgActs, tile, "-local", new ConvGeometry(2, 2, localChannels, 16, 2, 2, 2, 0, 1, localChannels, 1, true, null), localImages, 0,
                false, Inputs.COARSE);
    }

    private void weightActs(String tile, int filters, int filterSize, int localChannels, int images, int otherImages, int fewImages, int localImages) {
        // Four modules side by side in two chunks, with a padding of 1 above and to the left.
        add(Operation.WeightActs, tile, "", new ConvGeometry(filterSize - 1, filterSize + 5, 8, filters, filterSize, 1, 4, -1, 2, 8, 1, false, null),
                images, 2, true,
                Inputs.FINE);
        add(Operation.WeightActs, tile, "-grouped", new ConvGeometry(4, 5, 16, 2 * filters, filterSize, 3, 3, -1, 2, 8, 2, false, null),
                otherImages, 3, true, Inputs.COARSE);
        add(Operation.WeightActs, tile, "-sparse", new ConvGeometry(2, filterSize, 8, 2 * filters, filterSize, 2, 3, -1, 1, 8, 2, false, permutations(2, 8)),
                fewImages, 3, false, Inputs.COARSE);
        add(Operation.WeightActs, tile, "-local", new ConvGeometry(2, 2, localChannels, filters, 2, 1, 2, 0, 1, localChannels, 1, true, null), localImages,
                1, true, Inputs.COARSE);
    }

    private void add(Operation operation, String tile, String variant, ConvGeometry geometry, int numImages, int partialSum, boolean reads,
                     Inputs inputs) {
        plans.add(new ConvolutionPlan(operation, tile, variant, geometry, numImages, partialSum, reads, inputs));
    }

    /** In the first group the channels from the last to the first, but for the last two, so that several slots of a thread meet channel 0. */
    private static int[] permutations(int groups, int channels) {
        RandomState random = new RandomState(channels);
        int[] indices = new int[groups * channels];
        for (int channel = 0; channel < channels; channel++) {
            indices[channel] = channels - 1 - (channel < channels - 2 ? channel : channel ^ 1);
        }
        for (int group = 1; group < groups; group++) {
            System.arraycopy(random.permutation(channels), 0, indices, group * channels, channels);
        }
        return indices;
    }
}
