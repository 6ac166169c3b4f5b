package org.cudaconvnet.engine.layers;

import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.Pooling.Pooler;

/** Makes a layer from its dictionary (spec: engine-overview.md section 2.1). */
final class LayerFactory {
    private LayerFactory() {
    }

    /** @param earlier the layers made so far by name, for shared weights */
    static Layer create(LayerDict dict, Backend backend, Compatibility compatibility, Map<String, Layer> earlier) {
        return switch (dict.type()) {
            case "data" -> new DataLayer(dict, backend);
            case "fc" -> new FCLayer(dict, backend, compatibility, name -> weightSource(dict, name, earlier));
            case "treefc" -> new TreeFCLayer(dict, backend, compatibility);
            case "conv" -> new ConvLayer(dict, backend, compatibility, name -> weightSource(dict, name, earlier));
            case "local" -> new LocalUnsharedLayer(dict, backend, compatibility, name -> weightSource(dict, name, earlier));
            case "neuron" -> neuronLayer(dict, backend);
            case "hs" -> new HiddenSexLayer(dict, backend);
            case "eltsum" -> new EltwiseSumLayer(dict, backend);
            case "eltmax" -> new EltwiseMaxLayer(dict, backend);
            case "pool" -> poolLayer(dict, backend);
            case "rnorm" -> new NormLayer(dict, backend, NormLayer.Kind.RESPONSE);
            case "cnorm" -> new NormLayer(dict, backend, NormLayer.Kind.CONTRAST);
            case "cmrnorm" -> new NormLayer(dict, backend, NormLayer.Kind.CROSS_MAP_RESPONSE);
            case "nailbed" -> new NailbedLayer(dict, backend);
            case "blur" -> new GaussianBlurLayer(dict, backend);
            case "resize", "rgb2yuv", "rgb2lab" -> new ImageLayer(dict, backend);
            case "rscale" -> new RandomScaleLayer(dict, backend);
            case "concat" -> new ConcatLayer(dict, backend);
            case "href" -> new HorizontalReflectionLayer(dict, backend, compatibility);
            case "softmax" -> new SoftmaxLayer(dict, backend);
            case "cost.logreg" -> new LogregCostLayer(dict, backend, compatibility);
            case "cost.sum2" -> new SumOfSquaresCostLayer(dict, backend);
            case "cost.crossent" -> new CrossEntCostLayer(dict, backend);
            case "cost.crossent2" -> new CrossEnt2CostLayer(dict, backend);
            case "cost.rflickr" -> new RflickrCostLayer(dict, backend);
            case "cost.gsum2" -> new GatedSumOfSquaresCostLayer(dict, backend);
            case "cost.msm" -> new MultiSoftmaxCostLayer(dict, backend);
            case "cost.tica" -> new TICACostLayer(dict, backend, compatibility);
            default -> throw new InputException("layer " + dict.name() + ": type " + dict.type() + " is unknown");
        };
    }

    private static WeightLayer weightSource(LayerDict dict, String name, Map<String, Layer> earlier) {
        if (earlier.get(name) instanceof WeightLayer layer) {
            return layer;
        }
        throw new InputException("layer " + dict.name() + ": weightSource " + name + " is not an earlier layer with weights");
    }

    private static Layer neuronLayer(LayerDict dict, Backend backend) {
        boolean noisy = NeuronLayer.neuron(dict).type() == Neuron.Type.NRELU;
        return noisy ? new NoisyReluLayer(dict, backend) : new NeuronLayer(dict, backend);
    }

    private static Layer poolLayer(LayerDict dict, Backend backend) {
        return switch (dict.stringValue("pool")) {
            case "max" -> new PoolLayer(dict, backend, Pooler.MAX);
            case "avg" -> new PoolLayer(dict, backend, Pooler.AVG);
            case "maxabs" -> new PoolLayer(dict, backend, Pooler.MAX_ABS);
            case "rand" -> dict.booleanValue("doMax") ? new PoolLayer(dict, backend, Pooler.MAX) : new RandomPoolLayer(dict, backend);
            default -> throw new InputException("layer " + dict.name() + ": pool " + dict.stringValue("pool") + " is unknown");
        };
    }
}
