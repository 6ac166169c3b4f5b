package org.cudaconvnet.engine.config;

import java.util.List;
import java.util.stream.IntStream;

/** Layers with weights: common definition and parameter keys (spec: config-language.md sections 4.3 and 5). */
abstract class WeightLayerParser extends LayerWithInputParser {
    WeightLayerParser(int minInputs, int maxInputs) {
        super(minInputs, maxInputs);
    }

    @Override
    final void parseKeys(LayerScope scope) {
        LayerDict layer = scope.layer();
        ConfigSection section = scope.section();
        int inputs = scope.inputCount();
        List<Double> initW = section.numbers("initW", inputs);
        double initB = section.number("initB", 0);
        layer.put("initW", floats(initW)).put("initB", (float) initB);
        layer.put("initWFunc", section.string("initWFunc", "")).put("initBFunc", section.string("initBFunc", ""));
        layer.put("requiresParams", true).put("gradConsumer", true);
        putMemoryFlags(layer, false, true, true);
        parseGeometry(scope);
        List<MatrixShape> shapes = MatrixShape.weightsOf(layer);
        layer.put("weightsPerFilter", IntStream.range(0, inputs).mapToObj(i -> weightsPerFilter(layer, i)).toList());
        WeightSources.parse(scope, shapes);
        parseConnectivity(scope);
        new InitialWeights(scope, shapes).make(initW, initB);
    }

    /** Reads the keys that determine the shapes of the matrices, and sets outputs. */
    abstract void parseGeometry(LayerScope scope);

    /** Draws connections, which the original does before it draws the layer's weights. */
    void parseConnectivity(LayerScope scope) {
    }

    /** Weights that one output unit sums over. */
    abstract int weightsPerFilter(LayerDict layer, int input);

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        int inputs = layer.inputs().size();
        List<Double> epsW = params.numbers("epsW", inputs);
        double epsB = params.number("epsB");
        layer.put("epsW", floats(epsW)).put("epsB", (float) epsB);
        layer.put("momW", floats(params.numbers("momW", inputs))).put("momB", (float) params.number("momB"));
        layer.put("wc", floats(params.numbers("wc", inputs, 0)));
        List<Double> wball = params.numbers("wball", inputs, 0);
        List<Integer> weightsPerFilter = layer.intList("weightsPerFilter");
        layer.put("wball", floats(wball));
        layer.put("wballNormed", IntStream.range(0, inputs).mapToObj(i -> (float) (wball.get(i) * weightsPerFilter.get(i))).toList());
        layer.put("superEps", (float) params.number("superEps", 0)).put("superMom", (float) params.number("superMom", 0));
        layer.put("schedW", LearningRateSchedules.parse(params, "schedW"));
        layer.put("schedB", LearningRateSchedules.parse(params, "schedB"));
        layer.put("gradConsumer", epsB > 0 || epsW.stream().anyMatch(eps -> eps > 0));
    }

    static List<Float> floats(List<Double> values) {
        return values.stream().map(Double::floatValue).toList();
    }
}
