package org.cudaconvnet.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The benchmark of operations")
class OperationBenchmarkTest {
    private static final String TINY = """
            [data]
            type=data
            dataIdx=0
            [labels]
            type=data
            dataIdx=1
            [conv]
            type=conv
            inputs=data
            channels=3
            filters=16
            filterSize=3
            padding=1
            initW=0.1
            partialSum=2
            [norm]
            type=cmrnorm
            inputs=conv
            channels=16
            size=3
            [pool]
            type=pool
            inputs=norm
            pool=max
            channels=16
            sizeX=2
            stride=2
            [local]
            type=local
            inputs=pool
            channels=16
            filters=16
            filterSize=2
            initW=0.1
            [map]
            type=rnorm
            inputs=local
            channels=16
            size=2
            [average]
            type=pool
            inputs=map
            pool=avg
            channels=16
            sizeX=2
            stride=2
            [out]
            type=fc
            inputs=average
            outputs=10
            initW=0.1
            [probs]
            type=softmax
            inputs=out
            [cost]
            type=cost.logreg
            inputs=labels,probs
            """;
    /** The first layers of AlexNet. */
    private static final String TOWERS = """
            [data]
            type=data
            dataIdx=0
            [labels]
            type=data
            dataIdx=1
            [conv1a]
            type=conv
            inputs=data
            channels=3
            filters=48
            filterSize=11
            padding=0
            stride=4
            initW=0.01
            partialSum=5
            gpu=0
            [conv1b]
            type=conv
            inputs=data
            channels=3
            filters=48
            filterSize=11
            padding=0
            stride=4
            initW=0.01
            partialSum=5
            gpu=1
            [out]
            type=fc
            inputs=conv1a,conv1b
            outputs=10
            initW=0.01,0.01
            gpu=0
            [probs]
            type=softmax
            inputs=out
            gpu=0
            [cost]
            type=cost.logreg
            inputs=labels,probs
            gpu=0
            """;

    @ParameterizedTest
    @ValueSource(strings = {"cpu:0", "emulated:0"})
    void measuresEveryOperationThatTrainingNeeds(String device) {
        List<OperationBenchmark.Result> results = run(device, ConfigFile.parse("tiny", TINY), "3x6x6", 2);
        assertThat(results).extracting(OperationBenchmark.Result::operation).containsExactly("filterActs", "weightActs",
                "contrastNormCrossMap", "contrastNormCrossMapUndo", "localPool", "localMaxUndo", "filterActs", "imgActs", "weightActs",
                "contrastNorm", "contrastNormUndo", "localPool", "localAvgUndo", "product for acts", "product for grads",
                "product for weights");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.milliseconds()).isPositive();
            assertThat(result.gigaflops()).isPositive().isFinite();
        });
    }

    @Test
    void layersOfBothTowersShareAMeasurementThatCountsAsInTheCostModelOfTheSpec() {
        List<OperationBenchmark.Result> results = run("cpu:0", ConfigFile.parse("towers", TOWERS), "3x224x224", 1);
        assertThat(results).extracting(OperationBenchmark.Result::operation).containsExactly("filterActs", "weightActs",
                "product for acts", "product for grads", "product for weights");
        OperationBenchmark.Result conv1 = results.get(0);
        assertThat(conv1.layers()).containsExactly("conv1a", "conv1b");
        assertThat(conv1.gigaflops() * conv1.milliseconds() * 1e6 * conv1.layers().size()).isCloseTo(210.83e6, within(0.01e6));
        assertThat(results.get(2).layers()).containsExactly("out");
    }

    private static List<OperationBenchmark.Result> run(String device, ConfigFile layerDef, String input, int numImages) {
        List<OperationBenchmark.Result> results = new ArrayList<>();
        ParseContext context = ParseContext.withoutWeights(List.of(NetBenchmark.units(input), 1), 10)
                .withNumGpus(LayerParser.numGpus(layerDef));
        try (Backend backend = Devices.open(device, 1, Set.of())) {
            new OperationBenchmark(backend, numImages, 0).run(LayerParser.parseDefinition(layerDef, context), results::add);
        }
        return results;
    }
}
