package org.cudaconvnet.kernels;

import java.util.Locale;

/** A neuron type with its parameters (spec: neurons.md, config-language.md section 6). */
public record Neuron(Type type, float a, float b) {
    /** usesActs and usesInputs are what the gradient reads, as declared by the 2012 front end; softrelu reads its input when fixed. */
    public enum Type {
        IDENT(0, false, false), LOGISTIC(0, true, false), ABS(0, false, true), RELU(0, true, false), NRELU(0, true, false),
        SOFTRELU(0, true, true), SQUARE(0, false, true), SQRT(0, true, false), TANH(2, true, false), BRELU(1, true, false),
        LINEAR(2, true, false), DRELU(1, false, true);

        private final int parameters;
        private final boolean usesActs;
        private final boolean usesInputs;

        Type(int parameters, boolean usesActs, boolean usesInputs) {
            this.parameters = parameters;
            this.usesActs = usesActs;
            this.usesInputs = usesInputs;
        }

        /** Number of parameters in brackets: 0 to 2. */
        public int parameters() {
            return parameters;
        }

        public boolean usesActs() {
            return usesActs;
        }

        public boolean usesInputs() {
            return usesInputs;
        }

        /** The name in configuration files. */
        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException for nrelu */
    public void requireNoNoise() {
        if (type == Type.NRELU) {
            throw new IllegalArgumentException("neuron nrelu draws noise: it is activated by RandomStreams.noisyRelu");
        }
    }
}
