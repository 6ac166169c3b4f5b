package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Weight tying: the key weightSource (spec: config-language.md section 8). */
final class WeightSources {
    private static final Pattern SOURCE = Pattern.compile("([^\\[]+?)(?:\\[\\s*(\\d{1,9})\\s*])?");

    private WeightSources() {
    }

    /** Sets weightSource, weightSourceLayers ("" = own matrix) and weightSourceMatrixIndices (-1 = own matrix). */
    static void parse(LayerScope scope, List<MatrixShape> shapes) {
        List<String> sources = scope.section().strings("weightSource", scope.inputCount(), "");
        List<String> layers = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            Matcher matcher = SOURCE.matcher(source);
            scope.require(source.isEmpty() || matcher.matches(), "weightSource", source, "LAYER or LAYER[INDEX]");
            layers.add(source.isEmpty() ? "" : matcher.group(1));
            indices.add(source.isEmpty() ? -1 : matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
            if (!source.isEmpty()) {
                MatrixShape shape = sourceShape(scope, shapes, i, layers.get(i), indices.get(i));
                scope.require(shape.equals(shapes.get(i)), "weightSource", source + "\" of shape \"" + shape,
                        "a matrix of shape " + shapes.get(i));
            }
        }
        scope.layer().put("weightSource", sources).put("weightSourceLayers", layers).put("weightSourceMatrixIndices", indices);
    }

    static boolean isTied(LayerDict layer, int input) {
        return layer.intList("weightSourceMatrixIndices").get(input) >= 0;
    }

    /** The layer whose matrix input {@code input} uses; it may be the layer itself. */
    static LayerDict sourceLayer(LayerScope scope, int input) {
        String name = scope.layer().stringList("weightSourceLayers").get(input);
        return name.equals(scope.layer().name()) ? scope.layer() : scope.earlier().get(name);
    }

    /** @param own shapes of the layer's own matrices, of which those before {@code input} may be sources */
    private static MatrixShape sourceShape(LayerScope scope, List<MatrixShape> own, int input, String name, int index) {
        String source = name + "[" + index + "]";
        if (name.equals(scope.layer().name())) {
            scope.require(index < input, "weightSource", source, "an earlier matrix of this layer than number " + input);
            return own.get(index);
        }
        LayerDict layer = scope.earlier().get(name);
        scope.require(layer != null, "weightSource", source, "a layer defined above, or this one");
        scope.require(layer.type().equals(scope.layer().type()), "weightSource", source, "a layer of type " + scope.layer().type());
        scope.require(layer.intValue("gpu") == scope.layer().intValue("gpu"), "weightSource", source, "a layer on the same gpu");
        List<MatrixShape> shapes = MatrixShape.weightsOf(layer);
        scope.require(index < shapes.size(), "weightSource", source, "an index below " + shapes.size());
        return shapes.get(index);
    }
}
