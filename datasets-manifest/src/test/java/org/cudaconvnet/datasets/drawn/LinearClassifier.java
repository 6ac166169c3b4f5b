package org.cudaconvnet.datasets.drawn;

import java.util.List;

/** Multinomial logistic regression on centred pixels, trained by gradient descent with momentum: the yardstick of the drawn set. */
final class LinearClassifier {
    private static final int MINIBATCH = 100;
    private static final float MOMENTUM = 0.9f;

    private final int classes = DrawnClass.values().length;
    private final float[] mean;
    private final float[][] weights;
    private final float[][] increments;

    LinearClassifier(List<DrawnSet.Case> train, int epochs, float rate) {
        int inputs = train.get(0).pixels().length;
        mean = new float[inputs + 1];
        for (DrawnSet.Case image : train) {
            for (int i = 0; i < inputs; i++) {
                mean[i] += (image.pixels()[i] & 255) / 255f / train.size();
            }
        }
        weights = new float[classes][inputs + 1];
        increments = new float[classes][inputs + 1];
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int from = 0; from < train.size(); from += MINIBATCH) {
                step(train.subList(from, Math.min(from + MINIBATCH, train.size())), rate);
            }
        }
    }

    double error(List<DrawnSet.Case> cases) {
        long wrong = cases.stream().filter(image -> predict(image) != image.drawnClass().ordinal()).count();
        return (double) wrong / cases.size();
    }

    private int predict(DrawnSet.Case image) {
        float[] scores = scores(inputs(image));
        int best = 0;
        for (int label = 1; label < classes; label++) {
            best = scores[label] > scores[best] ? label : best;
        }
        return best;
    }

    private void step(List<DrawnSet.Case> minibatch, float rate) {
        for (float[] increment : increments) {
            for (int i = 0; i < increment.length; i++) {
                increment[i] *= MOMENTUM;
            }
        }
        for (DrawnSet.Case image : minibatch) {
            float[] inputs = inputs(image);
            float[] scores = scores(inputs);
            double sum = 0;
            for (float score : scores) {
                sum += Math.exp(score);
            }
            for (int label = 0; label < classes; label++) {
                double target = label == image.drawnClass().ordinal() ? 1 : 0;
                float slope = (float) (rate * (target - Math.exp(scores[label]) / sum) / minibatch.size());
                for (int i = 0; i < inputs.length; i++) {
                    increments[label][i] += slope * inputs[i];
                }
            }
        }
        for (int label = 0; label < classes; label++) {
            for (int i = 0; i < weights[label].length; i++) {
                weights[label][i] += increments[label][i];
            }
        }
    }

    /** Centred pixels, then 1 for the bias. */
    private float[] inputs(DrawnSet.Case image) {
        float[] inputs = new float[mean.length];
        for (int i = 0; i < mean.length - 1; i++) {
            inputs[i] = (image.pixels()[i] & 255) / 255f - mean[i];
        }
        inputs[mean.length - 1] = 1;
        return inputs;
    }

    private float[] scores(float[] inputs) {
        float[] scores = new float[classes];
        for (int label = 0; label < classes; label++) {
            for (int i = 0; i < inputs.length; i++) {
                scores[label] += weights[label][i] * inputs[i];
            }
        }
        return scores;
    }
}
