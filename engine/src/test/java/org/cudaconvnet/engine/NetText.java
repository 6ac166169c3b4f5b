package org.cudaconvnet.engine;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces of layer definitions and parameter files that many tests need. */
public final class NetText {
    /** The data layers of images and labels. */
    public static final String DATA = """
            [data]
            type=data
            dataIdx=0
            [labels]
            type=data
            dataIdx=1
            """;

    private NetText() {
    }

    /** Layers out, probs and logprob above {@code input}. */
    public static String classifier(String input, int classes, String initW) {
        return fc("out", input, classes, "initW=" + initW) + """
                [probs]
                type=softmax
                inputs=out
                [logprob]
                type=cost.logreg
                inputs=labels,probs
                """;
    }

    /** A fully connected layer with further {@code keys}. */
    public static String fc(String name, String input, int outputs, String keys) {
        return "[%s]%ntype=fc%ninputs=%s%noutputs=%d%n%s%n".formatted(name, input, outputs, keys);
    }

    /** A parameter section with the same keys for every named layer. */
    public static String sections(String keys, String... layers) {
        return Stream.of(layers).map(layer -> "[" + layer + "]\n" + keys).collect(Collectors.joining());
    }

    /** The parameter section of a cost. */
    public static String cost(String name, double coeff) {
        return sections("coeff=" + coeff + "\n", name);
    }
}
