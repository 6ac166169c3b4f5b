package org.cudaconvnet.golden.kernelcases;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.golden.kernelcases.OperationPlan.Contents;

/**
 * The cases of golden-operations: every operation without convolutions that the data of 2012 lack. Sizes leave ragged blocks; matrices
 * of random numbers are smaller than the number of streams, or go round once.
 */
final class OperationPlans {
    private static final int CLASSES = OperationPlan.CLASSES;
    /** Just above the fewest rows for which the launchers choose those kernels. */
    private static final int TALL = 16391;
    private static final float COEFF = 0.7f;

    private final List<OperationPlan> plans = new ArrayList<>();

    private OperationPlans() {
        doubleRelus();
        softmaxes();
        aggregations();
        updates();
        lengthFactors();
        distributionCosts();
        logregTopkCosts();
        reflections();
        randomPools();
        randomNumbers();
    }

    static List<OperationPlan> all() {
        return List.copyOf(new OperationPlans().plans);
    }

    private OperationPlan add(String operation, String variant, boolean exact) {
        return add(operation, operation, variant, exact);
    }

    private OperationPlan add(String operation, String call, String variant, boolean exact) {
        OperationPlan plan = new OperationPlan(operation, call, variant, exact);
        plans.add(plan);
        return plan;
    }

    private void doubleRelus() {
        doubleRelu("fwd", "Neuron::activate");
        doubleRelu("grad", "Neuron::computeInputGrad").with("add", false).reads("actsGrad", Contents.SIGNED, 37, 45, true)
                .writes("target", 37, 45, true);
        doubleRelu("add", "Neuron::computeInputGrad").with("add", true).reads("actsGrad", Contents.SIGNED, 37, 45, true)
                .changes("target", Contents.SIGNED, 37, 45, true);
    }

    private OperationPlan doubleRelu(String part, String call) {
        return add("neuron_drelu_" + part, call, "1", false).with("type", "drelu").with("a", 1.25f)
                .reads("inputs", Contents.SIGNED, 37, 45, true).writes("outputs", 37, 45, true);
    }

    private void softmaxes() {
        target(byClass(add("softmax", "row_major", false), "inputs", Contents.SIGNED, 150, false), false, 150, false);
        target(byClass(add("softmax", "column_major", false), "inputs", Contents.SIGNED, 37, true), false, 37, true);
    }

    /** Rows so many and short that several share a block; golden-2012 has their sums alone, and the maximum of the shortest. */
    private void aggregations() {
        aggregation("min", 3);
        aggregation("min", 17);
        aggregation("max", 17);
    }

    private void aggregation(String operation, int cols) {
        add(operation, operation + "(axis, target)", "tall_" + cols, true).with("axis", 1)
                .reads("a", Contents.STEPS, TALL, cols, false).writes("target", TALL, 1, false);
    }

    private void updates() {
        update("rate", true, false, 0.9f, 0.3f, -0.004f);
        update("rate-no_decay", true, false, 0.9f, 0.3f, 0);
        update("rate-no_momentum", true, false, 0, 0.3f, -0.004f);
        update("rate-other_order", true, true, 0.5f, 0.01f, -0.004f);
        update("plain_sum", true, false, 1, 1, 0);
        update("no_gradient", false, false, 0.9f, 0.3f, -0.004f);
    }

    private void update(String variant, boolean useGradient, boolean otherOrder, float momentum, float rate, float decay) {
        OperationPlan plan = add("update", variant, true).with("useGradient", useGradient).with("momentum", momentum).with("rate", rate)
                .with("decay", decay);
        plan.changes("weights", Contents.SIGNED, 37, 45, false).changes("inc", Contents.SIGNED, 37, 45, false)
                .reads("gradient", Contents.SIGNED, 37, 45, otherOrder);
    }

    private void lengthFactors() {
        add("lengthFactors", "upper", true).with("divisor", 1).with("min", 0).with("max", 0.5f)
                .changes("sumsOfSquares", Contents.STEPS, 1, 70, false);
        add("lengthFactors", "both", true).with("divisor", 27).with("min", 0.02f).with("max", 0.03f)
                .changes("sumsOfSquares", Contents.FRACTIONS, 1, 300, false);
        add("lengthFactors", "column_major", true).with("divisor", 9).with("min", 0.05f).with("max", 0.09f)
                .changes("sumsOfSquares", Contents.STEPS, 1, 33, true);
    }

    private void distributionCosts() {
        for (boolean columnMajor : new boolean[] {false, true}) {
            int cases = columnMajor ? 37 : 150;
            String order = columnMajor ? "column_major" : "row_major";
            labelled("crossEntCost", order, false, Contents.STEPS, cases, columnMajor).writes("labelLogProbs", 1, cases, false)
                    .writes("correctProbs", 1, cases, false);
            target(labelled("crossEnt2Cost", order, false, Contents.STEPS, cases, columnMajor), false, cases, columnMajor);
            target(labelled("rflickrCost", order, false, Contents.SIGNED, cases, columnMajor), false, cases, columnMajor);
            for (boolean add : new boolean[] {false, true}) {
                String variant = order + (add ? "-add" : "");
                gradient("crossEntGrad", variant, false, Contents.FRACTIONS, add, cases, columnMajor);
                gradient("crossEntSoftmaxGrad", variant, true, Contents.FRACTIONS, add, cases, columnMajor);
                gradient("crossEnt2Grad", variant, false, Contents.FRACTIONS, add, cases, columnMajor);
                gradient("crossEnt2LogisticGrad", variant, true, Contents.FRACTIONS, add, cases, columnMajor);
                gradient("rflickrGrad", variant, false, Contents.SIGNED, add, cases, columnMajor);
            }
        }
    }

    private void gradient(String operation, String variant, boolean exact, Contents predictions, boolean add, int cases,
                          boolean columnMajor) {
        OperationPlan plan = labelled(operation, variant, exact, predictions, cases, columnMajor).with("add", add).with("coeff", COEFF);
        target(plan, add, cases, columnMajor);
    }

    private OperationPlan labelled(String operation, String variant, boolean exact, Contents predictions, int cases, boolean columnMajor) {
        Contents labels = predictions == Contents.SIGNED ? Contents.SIGNED : Contents.STEPS;
        return byClass(byClass(add(operation, variant, exact), "labels", labels, cases, columnMajor), "probs", predictions, cases,
                columnMajor);
    }

    private static void target(OperationPlan plan, boolean read, int cases, boolean columnMajor) {
        int rows = columnMajor ? cases : CLASSES;
        int cols = columnMajor ? CLASSES : cases;
        if (read) {
            plan.changes("target", Contents.SIGNED, rows, cols, columnMajor);
        } else {
            plan.writes("target", rows, cols, columnMajor);
        }
    }

    /** Row-major (classes x cases) or the same memory as column-major (cases x classes). */
    private static OperationPlan byClass(OperationPlan plan, String matrix, Contents contents, int cases, boolean columnMajor) {
        return columnMajor ? plan.reads(matrix, contents, cases, CLASSES, true) : plan.reads(matrix, contents, CLASSES, cases, false);
    }

    private void logregTopkCosts() {
        for (int k : new int[] {1, 2, 5}) {
            for (boolean columnMajor : new boolean[] {false, true}) {
                int cases = columnMajor ? 37 : 150;
                OperationPlan plan = add("logregTopkCost", k + (columnMajor ? "-column_major" : ""), false).with("k", k)
                        .reads("labels", Contents.LABELS, 1, cases, false);
                byClass(plan, "probs", Contents.FRACTIONS, cases, columnMajor);
                byClass(plan, "ranked", Contents.STEPS, cases, columnMajor);
                plan.writes("labelLogProbs", 1, cases, false).writes("correctProbs", 1, cases, false).writes("topProbs", 1, cases, false);
            }
        }
    }

    private void reflections() {
        for (int imgSize : new int[] {1, 6, 7}) {
            int images = imgSize == 7 ? 33 : 130;
            add("reflectHorizontal", imgSize + "", true).with("imgSize", imgSize).with("scaleTargets", 0)
                    .reads("images", Contents.SIGNED, 2 * imgSize * imgSize, images, false)
                    .writes("target", 2 * imgSize * imgSize, images, false);
            add("reflectHorizontal", imgSize + "-add", true).with("imgSize", imgSize).with("scaleTargets", COEFF)
                    .reads("images", Contents.SIGNED, 2 * imgSize * imgSize, images, false)
                    .changes("target", Contents.SIGNED, 2 * imgSize * imgSize, images, false);
        }
    }

    private void randomPools() {
        randomPool("overlapping", 3, 5, 3, -1, 2, 3, 35);
        randomPool("apart", 16, 4, 2, 0, 2, 2, 128);
        randomPool("single", 2, 4, 1, 0, 1, 4, 33);
    }

    private void randomPool(String variant, int filters, int imgSize, int subsX, int startX, int strideX, int outputsX, int images) {
        int outputs = filters * outputsX * outputsX;
        add("localRandomPool", variant, true).with("numFilters", filters).with("subsX", subsX).with("startX", startX)
                .with("strideX", strideX).with("outputsX", outputsX)
                .reads("images", Contents.SIGNED, filters * imgSize * imgSize, images, false)
                .reads("uniforms", Contents.FRACTIONS, outputs, images, false).writes("target", outputs, images, false);
    }

    private void randomNumbers() {
        random("randomizeUniform", "small").writes("target", 7, 31, false);
        random("randomizeUniform", "all_streams").writes("target", 97, 127, true);
        random("randomizeBinary", "half").with("probability", 0.5f).writes("target", 97, 127, false);
        random("randomizeBinary", "few").with("probability", 0.1f).writes("target", 7, 31, true);
        random("binarizeProbs", "all_streams").reads("probabilities", Contents.STEPS, 97, 127, false).writes("target", 97, 127, false);
        random("randomizeGaussian", "small").with("mean", 0.25f).with("stdev", 0.7f).writes("target", 7, 31, false);
        random("randomizeGaussian", "all_streams").with("mean", 0).with("stdev", 1).writes("target", 97, 127, false);
        random("addGaussianNoise", "one").with("stdev", 0.7f).reads("data", Contents.SIGNED, 7, 31, false)
                .writes("target", 7, 31, false);
        for (boolean squared : new boolean[] {false, true}) {
            random("addGaussianNoise", squared ? "squares" : "each").with("squared", squared)
                    .reads("data", Contents.SIGNED, 7, 31, false).reads("stdevs", Contents.SIGNED, 7, 31, false)
                    .writes("target", 7, 31, false);
        }
        random("noisyRelu", "small").reads("inputs", Contents.SIGNED, 7, 31, false).writes("outputs", 7, 31, false);
    }

    /** Three draws, so that a pair of normal draws is begun and ended whichever was kept. */
    private OperationPlan random(String operation, String variant) {
        return add(operation, variant, true).with("draws", 3).readsStates();
    }
}
