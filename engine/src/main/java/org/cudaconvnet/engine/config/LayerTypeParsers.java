package org.cudaconvnet.engine.config;

import java.util.Map;
import java.util.TreeMap;

/** The layer types of v1 and 2012 by their names in definition files (spec: config-language.md section 4.1). */
final class LayerTypeParsers {
    private static final Map<String, LayerTypeParser> PARSERS = new TreeMap<>();

    static {
        PARSERS.put("data", new DataLayerParser());
        PARSERS.put("fc", new FCLayerParser());
        PARSERS.put("treefc", new TreeFCLayerParser());
        PARSERS.put("conv", new ConvLayerParser());
        PARSERS.put("local", new LocalLayerParser());
        PARSERS.put("softmax", new SoftmaxLayerParser());
        PARSERS.put("eltsum", new EltwiseLayerParser(1));
        PARSERS.put("eltmax", new EltwiseLayerParser(2));
        PARSERS.put("concat", new ConcatLayerParser());
        PARSERS.put("neuron", new NeuronLayerParser());
        PARSERS.put("pool", new PoolLayerParser());
        PARSERS.put("rnorm", new NormLayerParser());
        PARSERS.put("cnorm", new NormLayerParser());
        PARSERS.put("cmrnorm", new NormLayerParser());
        PARSERS.put("nailbed", new NailbedLayerParser());
        PARSERS.put("blur", new BlurLayerParser());
        PARSERS.put("href", new HorizontalReflectionLayerParser());
        PARSERS.put("resize", new ResizeLayerParser());
        PARSERS.put("rscale", new RandomScaleLayerParser());
        PARSERS.put("rgb2yuv", new ColorTransformLayerParser());
        PARSERS.put("rgb2lab", new ColorTransformLayerParser());
        PARSERS.put("hs", new HiddenSexLayerParser());
        PARSERS.put("cost.logreg", new ClassCostParser());
        PARSERS.put("cost.crossent", new ClassCostParser());
        PARSERS.put("cost.crossent2", new ClassCostParser());
        PARSERS.put("cost.rflickr", new ClassCostParser());
        PARSERS.put("cost.msm", new ClassCostParser());
        PARSERS.put("cost.sum2", new CostLayerParser(1));
        PARSERS.put("cost.gsum2", new GatedSumOfSquaresCostParser());
        PARSERS.put("cost.tica", new TICACostParser());
    }

    private LayerTypeParsers() {
    }

    /** Parser of the section's type. */
    static LayerTypeParser of(ConfigSection section) {
        String type = section.string("type");
        LayerTypeParser parser = PARSERS.get(type);
        if (parser == null) {
            throw section.error("type", type, "one of " + PARSERS.keySet());
        }
        return parser;
    }

    static LayerTypeParser of(LayerDict layer) {
        return PARSERS.get(layer.type());
    }
}
