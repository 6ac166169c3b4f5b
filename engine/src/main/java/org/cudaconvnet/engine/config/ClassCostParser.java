package org.cudaconvnet.engine.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Costs of predictions against labels: logreg, crossent, crossent2, rflickr, msm (spec: config-language.md section 4.13). */
final class ClassCostParser extends CostLayerParser {
    private static final Logger LOG = LoggerFactory.getLogger(ClassCostParser.class);
    private static final int MAX_THREADS = 32;

    ClassCostParser() {
        super(2);
    }

    @Override
    void parseCostKeys(LayerScope scope) {
        int classes = scope.context().numClasses();
        String type = scope.layer().type();
        switch (type) {
            case "cost.logreg" -> {
                requireUnits(scope, 0, 1, "labels, the first input");
                requireSoftmax(scope);
            }
            case "cost.crossent" -> {
                requireUnits(scope, 0, classes, "label distributions, one unit per class");
                requireSoftmax(scope);
            }
            case "cost.msm" -> {
                requireUnits(scope, 0, 1, "labels, the first input");
                scope.layer().put("numOut", scope.numInputs(1));
            }
            default -> {
                requireUnits(scope, 0, classes, "label distributions, one unit per class");
                if (!"logistic".equals(scope.input(1).asMap().get("neuron"))) {
                    LOG.warn("{}: input {} of {} was not declared with neuron=logistic", scope.layer().name(), scope.input(1).name(), type);
                }
            }
        }
        requireUnits(scope, 1, classes, "one per class");
    }

    @Override
    void addParams(LayerDict layer, ConfigSection params) {
        super.addParams(layer, params);
        if (layer.type().equals("cost.logreg")) {
            layer.put("topk", params.has("topk") ? params.integerWithin("topk", 1, layer.intList("numInputs").get(1)) : 1);
        } else if (layer.type().equals("cost.msm")) {
            layer.put("setSize", params.integerWithin("setSize", 1, layer.intValue("numOut") - 1));
            layer.put("threads", params.integerWithin("threads", 1, MAX_THREADS));
        }
    }
}
