package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.ConvPreconditions;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.WeightActs;

/**
 * Weight gradients. A tile is 8 (filter column, channel) rows x a block of filters of one chunk; the images are its steps.
 *
 * <p>Modules whose pixel row lies in the padding are left out, images beyond the batch are absent: both only add +0 for finite
 * data (spec: kernels-weight-acts.md sections 1 and 4).
 */
final class CpuWeightActs implements WeightActs {
    private final CpuThreads threads;
    private final FmaTile tile;
    private final WeightActsImages packedImages;

    CpuWeightActs(CpuThreads threads) {
        this(threads, FmaTile.preferred());
    }

    CpuWeightActs(CpuThreads threads, FmaTile tile) {
        this.threads = threads;
        this.tile = tile;
        this.packedImages = new WeightActsImages(threads);
    }

    @Override
    public void weightActs(Matrix images, Matrix hidActs, Matrix targets, ConvGeometry geometry, int partialSum,
                           float scaleTargets, float scaleOutput) {
        int modulesPerChunk = geometry.local() ? 1 : partialSum == 0 ? geometry.numModules() : partialSum;
        ConvPreconditions.checkWeightActs(images, hidActs, targets, geometry, modulesPerChunk);
        WeightActsLayout layout = new WeightActsLayout(geometry, images.cols());
        Pass pass = new Pass(packedImages.pack(images, layout), layout, steps(layout, WeightActsHidActs.modules(geometry, images.cols())),
                modulesPerChunk, (int) targets.offset(), new ScaledStore(CpuMemory.values(targets), scaleTargets, scaleOutput));
        int blocksPerGroup = (geometry.filtersPerGroup() + tile.columns() - 1) / tile.columns();
        int blocks = geometry.numModules() / modulesPerChunk * geometry.numGroups() * blocksPerGroup;
        int parts = Math.min(layout.tiles(), (threads.count() + blocks - 1) / blocks);
        threads.forEach(blocks * parts, Math.max(1, blocks * parts / (8 * threads.count())), (from, to) -> {
            WeightActsHidActs gradients = new WeightActsHidActs(hidActs, geometry, tile.columns());
            float[] chains = new float[(layout.tiles() / parts + 1) * tileSize()];
            for (int index = from; index < to; index++) {
                int block = index / parts;
                int part = index % parts;
                compute(pass, block / blocksPerGroup / geometry.numGroups(), block / blocksPerGroup % geometry.numGroups(),
                        block % blocksPerGroup * tile.columns(), part * layout.tiles() / parts, (part + 1) * layout.tiles() / parts,
                        gradients, chains);
            }
        });
    }

    /** The operands of one call. */
    private record Pass(float[] images, WeightActsLayout layout, FmaSteps[] steps, int modulesPerChunk, int targetsStart,
                        ScaledStore targets) {
    }

    /** The images of up to {@code most} modules of one module row, module after module; by the number of modules. */
    private FmaSteps[] steps(WeightActsLayout layout, int most) {
        FmaSteps.Builder builder = new FmaSteps.Builder(most * layout.numImages());
        for (int module = 0; module < most; module++) {
            for (int image = 0; image < layout.numImages(); image++) {
                builder.add(module * layout.moduleStep() + image * layout.imageStep(), (module * layout.numImages() + image) * tile.columns());
            }
        }
        FmaSteps all = builder.build();
        FmaSteps[] steps = new FmaSteps[most + 1];
        Arrays.setAll(steps, modules -> all.first(modules * layout.numImages()));
        return steps;
    }

    private int tileSize() {
        return FmaTile.ROWS * tile.columns();
    }

    /** Some tiles of one chunk for the block of filters that starts at {@code firstFilter} of the group. */
    private void compute(Pass pass, int chunk, int group, int firstFilter, int fromTile, int toTile, WeightActsHidActs gradients,
                         float[] chains) {
        ConvGeometry geometry = pass.layout.geometry();
        int numFilters = Math.min(tile.columns(), geometry.filtersPerGroup() - firstFilter);
        int end = (chunk + 1) * pass.modulesPerChunk;
        int modulesAtOnce = WeightActsHidActs.modules(geometry, pass.layout.numImages());
        Arrays.fill(chains, 0f);
        for (int module = chunk * pass.modulesPerChunk; module < end; module += modulesAtOnce) {
            int toModule = Math.min(end, module + modulesAtOnce);
            gradients.load(group * geometry.filtersPerGroup() + firstFilter, numFilters, module, toModule);
            for (int index = fromTile; index < toTile; index++) {
                addModules(pass, group, index, module, toModule, gradients, chains, (index - fromTile) * tileSize());
            }
        }
        for (int index = fromTile; index < toTile; index++) {
            store(pass, chunk, group, firstFilter, numFilters, index, chains, (index - fromTile) * tileSize());
        }
    }

    /** Takes the steps of neighbouring modules at once as long as none of them lies in the padding. */
    private void addModules(Pass pass, int group, int index, int fromModule, int toModule, WeightActsHidActs gradients, float[] chains,
                            int start) {
        WeightActsLayout layout = pass.layout;
        int numModulesX = layout.geometry().numModulesX();
        int module = fromModule;
        while (module < toModule) {
            int moduleY = module / numModulesX;
            int firstX = module - moduleY * numModulesX;
            int scalars = layout.start(group, moduleY, firstX, index);
            int endX = Math.min(numModulesX, firstX + toModule - module);
            int x = firstX + 1;
            while (scalars >= 0 && x < endX && layout.start(group, moduleY, x, index) >= 0) {
                x++;
            }
            if (scalars >= 0) {
                tile.run(pass.images, scalars, gradients.values(), gradients.start(module - fromModule),
                        pass.steps[x - firstX], chains, start, tile.columns(), true);
            }
            module += x - firstX;
        }
    }

    private void store(Pass pass, int chunk, int group, int firstFilter, int numFilters, int index, float[] chains, int start) {
        ConvGeometry geometry = pass.layout.geometry();
        for (int r = 0; r < pass.layout.rows(index); r++) {
            int row = chunk * geometry.numFilterColors() * geometry.filterPixels() + pass.layout.filterRow(index, r);
            pass.targets.store(chains, start + r * tile.columns(), pass.targetsStart + row * geometry.numFilters()
                    + group * geometry.filtersPerGroup() + firstFilter, numFilters);
        }
    }
}
