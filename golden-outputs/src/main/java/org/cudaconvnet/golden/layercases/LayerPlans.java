package org.cudaconvnet.golden.layercases;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.golden.layercases.LayerPlan.Data;
import org.cudaconvnet.golden.layercases.LayerPlan.Kind;

/** The nets of golden-layers: every layer type, cost and neuron of v1 and 2012. */
final class LayerPlans {
    private static final int PIXELS = 4;
    private static final String DATA_LAYER = "[data]\ntype=data\ndataIdx=0\n";
    private static final String LABELS_LAYER = "[labels]\ntype=data\ndataIdx=1\n";
    private static final String RATES = "epsW=0.5\nepsB=0.25\nmomW=0.9\nmomB=0.9\nwc=0.01\n";
    private static final String COST = "[cost]\ncoeff=0.75\n";
    private static final String MAPS = "channels=16\n";
    private static final String FILTERS = MAPS + "filters=16\nfilterSize=2\npadding=1\nstride=2\ninitW=0.2\n";
    private static final String NORM = "scale=0.5\npow=0.75\n";

    private final List<LayerPlan> plans = new ArrayList<>();

    private LayerPlans() {
    }

    static List<LayerPlan> all() {
        LayerPlans plans = new LayerPlans();
        plans.weights();
        plans.neurons();
        plans.images();
        plans.combinations();
        plans.costs();
        return plans.plans;
    }

    private void weights() {
        above("fc", "fc", 6, "outputs=5\ninitW=0.4\ninitB=0.1\n", "[layer]\n" + RATES);
        above("conv", "conv", 144, FILTERS + "partialSum=3\n", "[layer]\n" + RATES);
        above("conv_unshared_biases", "conv", 144, FILTERS + "partialSum=0\nsharedBiases=0\n", "[layer]\n" + RATES);
        above("local", "local", 144, FILTERS, "[layer]\n" + RATES);
    }

    private void neurons() {
        for (String neuron : List.of("ident", "relu", "nrelu", "brelu[0.5]", "abs", "logistic", "tanh[1.7159,0.6667]", "softrelu",
                "square", "linear[2,0.5]", "drelu[2]")) {
            above("neuron_" + neuron.replaceFirst("\\[.*", ""), "neuron", 12, "neuron=" + neuron + "\n", "");
        }
        plan("neuron_sqrt", "neuron", List.of(new Data(Kind.SIGNED, PIXELS)), DATA_LAYER + below(12)
                + "[squares]\ntype=neuron\ninputs=below\nneuron=square\n[layer]\ntype=neuron\ninputs=squares\nneuron=sqrt\n" + sum2("layer"),
                "[below]\n" + RATES + COST);
    }

    private void images() {
        for (String pool : List.of("max", "avg", "maxabs", "rand")) {
            above("pool_" + pool, "pool", 144, MAPS + "sizeX=2\nstride=1\npool=" + pool + "\n",
                    pool.equals("rand") ? "[layer]\ndoMax=0\n" : "");
        }
        above("pool_rand_doMax", "pool", 144, MAPS + "sizeX=2\nstride=1\npool=rand\n", "[layer]\ndoMax=1\n");
        above("rnorm", "rnorm", 144, MAPS + "size=2\n", "[layer]\n" + NORM);
        above("cnorm", "cnorm", 144, MAPS + "size=3\n", "[layer]\n" + NORM);
        above("cmrnorm", "cmrnorm", 144, MAPS + "size=5\n", "[layer]\n" + NORM + "minDiv=2\n");
        above("cmrnorm_blocked", "cmrnorm", 144, MAPS + "size=4\nblocked=1\n", "[layer]\n" + NORM);
        above("nailbed", "nailbed", 144, MAPS + "stride=2\n", "");
        above("blur", "blur", 144, MAPS + "filterSize=3\nstdev=1\n", "");
        above("href", "href", 27, "channels=3\n", "");
        onData("resize", Kind.SIGNED, "channels=3\nscale=1.4\n");
        onData("rscale", Kind.SIGNED, "channels=3\nmaxScale=1.6\ntgtSize=4\n");
        onData("rgb2yuv", Kind.FRACTIONS, "");
        onData("rgb2lab", Kind.FRACTIONS, "center=1\n");
    }

    private void combinations() {
        above("hs", "hs", 24, "keep=0.5\n", "[layer]\nenable=1\n");
        above("hs_disabled", "hs", 24, "keep=0.5\n", "[layer]\nenable=0\n");
        above("softmax", "softmax", 6, "", "");
        for (String type : List.of("eltsum", "eltmax", "concat")) {
            plan(type, type, List.of(new Data(Kind.SIGNED, PIXELS)), DATA_LAYER + below(12) + below(12).replace("[below]", "[other]")
                    + "[layer]\ntype=" + type + "\ninputs=below,other\n" + (type.equals("eltsum") ? "coeffs=1,-0.5\n" : "") + sum2("layer"),
                    "[below]\n" + RATES + "[other]\n" + RATES + COST);
        }
        plan("treefc", "treefc", List.of(new Data(Kind.SIGNED, PIXELS), new Data(Kind.LABELS, 1)), DATA_LAYER + LABELS_LAYER + below(6)
                + "[layer]\ntype=treefc\ninputs=below\ninitW=0.4\n[probs]\ntype=softmax\ninputs=layer\n[cost]\ntype=cost.logreg\n"
                + "inputs=labels,probs\n", "[below]\n" + RATES + "[layer]\n" + RATES + COST, true);
    }

    private void costs() {
        String beside = "[beside]\ntype=cost.sum2\ninputs=scores\n";
        labelled("cost.logreg", Kind.LABELS, 1, true, "", "topk=2\n");
        labelled("cost.msm", Kind.LABELS, 1, false, "", "setSize=2\nthreads=2\n");
        labelled("cost.crossent", Kind.FRACTIONS, LayerPlan.CLASSES, true, "", "");
        labelled("cost.crossent2", Kind.FRACTIONS, LayerPlan.CLASSES, false, "", "");
        labelled("cost.rflickr", Kind.FRACTIONS, LayerPlan.CLASSES, false, "", "");
        labelled("cost.logreg", Kind.LABELS, 1, true, beside, "");
        labelled("cost.crossent", Kind.FRACTIONS, LayerPlan.CLASSES, true, beside, "");
        labelled("cost.crossent2", Kind.FRACTIONS, LayerPlan.CLASSES, false, beside, "");
        plan("cost.sum2", "cost.sum2", List.of(new Data(Kind.SIGNED, PIXELS)), DATA_LAYER + below(6) + sum2("below"),
                "[below]\n" + RATES + COST);
        plan("cost.gsum2", "cost.gsum2", List.of(new Data(Kind.SIGNED, PIXELS)), DATA_LAYER + below(6)
                + below(1).replace("[below]", "[gate]") + "[cost]\ntype=cost.gsum2\ninputs=gate,below\n",
                "[below]\n" + RATES + "[gate]\n" + RATES + COST);
        plan("cost.tica", "cost.tica", List.of(new Data(Kind.SIGNED, PIXELS)), DATA_LAYER + below(18)
                + "[cost]\ntype=cost.tica\ninputs=below\nchannels=2\nsizeX=2\n", "[below]\n" + RATES + COST);
    }

    /** The layer between an fc layer and the sum of squares. */
    private void above(String name, String type, int outputsBelow, String keys, String parameters) {
        plan(name, type, List.of(new Data(Kind.SIGNED, PIXELS)), DATA_LAYER + below(outputsBelow) + "[layer]\ntype=" + type
                + "\ninputs=below\n" + keys + sum2("layer"), "[below]\n" + RATES + parameters + COST);
    }

    /** A layer without backward step, below all weights. */
    private void onData(String type, Kind kind, String keys) {
        plan(type, type, List.of(new Data(kind, 3 * 6 * 6)), DATA_LAYER + "[layer]\ntype=" + type + "\ninputs=data\n" + keys
                + "[below]\ntype=fc\ninputs=layer\noutputs=2\ninitW=0.1\n" + sum2("below"), "[below]\n" + RATES + COST);
    }

    /** A cost with labels on a softmax or a logistic neuron, or for msm on the scores themselves; alone, or beside another one. */
    private void labelled(String type, Kind labels, int labelRows, boolean onSoftmax, String beside, String parameters) {
        String logistic = type.equals("cost.msm") ? "" : "neuron=logistic\n";
        String scores = onSoftmax ? below(LayerPlan.CLASSES) + "[scores]\ntype=softmax\ninputs=below\n"
                : below(LayerPlan.CLASSES).replace("[below]", "[scores]") + logistic;
        String rates = onSoftmax ? "[below]\n" + RATES : "[scores]\n" + RATES;
        plan(beside.isEmpty() ? type : type + "_beside_another", type, List.of(new Data(Kind.SIGNED, PIXELS), new Data(labels, labelRows)),
                DATA_LAYER + LABELS_LAYER + scores + beside + "[cost]\ntype=" + type + "\ninputs=labels,scores\n",
                rates + (beside.isEmpty() ? "" : "[beside]\ncoeff=0.5\n") + COST + parameters);
    }

    private static String below(int outputs) {
        return "[below]\ntype=fc\ninputs=data\noutputs=" + outputs + "\ninitW=0.4\ninitB=0.1\n";
    }

    private static String sum2(String input) {
        return "[cost]\ntype=cost.sum2\ninputs=" + input + "\n";
    }

    private void plan(String name, String layer, List<Data> data, String definition, String parameters) {
        plan(name, layer, data, definition, parameters, false);
    }

    private void plan(String name, String layer, List<Data> data, String definition, String parameters, boolean hasTree) {
        plans.add(new LayerPlan(name, layer, data, definition, parameters, hasTree));
    }
}
