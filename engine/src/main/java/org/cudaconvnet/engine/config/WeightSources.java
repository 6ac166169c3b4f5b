package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Weight tying: the key weightSource (spec: config-language.md section 8). */
final class WeightSources {
    private static final Pattern SOURCE = Pattern.compile("([^\\[]+?)(?:\\[\\s*(\\d+)\\s*])?");

    private WeightSources() {
    }

    /** Sets weightSource, weightSourceLayers ("" = own matrix) and weightSourceMatrixIndices (-1 = own matrix). */
    static void parse(LayerScope scope, List<MatrixShape> shapes) {
        LayerDict layer = scope.layer();
        int inputs = scope.inputCount();
        List<String> sources = scope.section().has("weightSource") ? scope.section().strings("weightSource") : Collections.nCopies(inputs, "");
        if (sources.size() != inputs) {
            throw scope.message("weightSource", "found " + sources.size() + " values, expected " + inputs + ", one per input");
        }
        List<String> layers = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            String source = sources.get(i);
            if (source.isEmpty()) {
                layers.add("");
                indices.add(-1);
                continue;
            }
            Matcher matcher = SOURCE.matcher(source);
            scope.require(matcher.matches(), "weightSource", source, "LAYER or LAYER[INDEX]");
            String name = matcher.group(1);
            int index = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            MatrixShape shape = name.equals(layer.name()) ? ownShape(scope, shapes, index, i, source) : sourceShape(scope, name, index, source);
            scope.require(shape.equals(shapes.get(i)), "weightSource", source + "\" of shape \"" + shape, "a matrix of shape " + shapes.get(i));
            layers.add(name);
            indices.add(index);
        }
        layer.put("weightSource", sources).put("weightSourceLayers", layers).put("weightSourceMatrixIndices", indices);
    }

    static boolean isTied(LayerDict layer, int input) {
        return layer.intList("weightSourceMatrixIndices").get(input) >= 0;
    }

    /** The layer whose matrix input {@code input} uses; it may be the layer itself. */
    static LayerDict sourceLayer(LayerScope scope, int input) {
        String name = scope.layer().stringList("weightSourceLayers").get(input);
        return name.equals(scope.layer().name()) ? scope.layer() : scope.earlier().get(name);
    }

    private static MatrixShape ownShape(LayerScope scope, List<MatrixShape> shapes, int index, int input, String source) {
        scope.require(index < input, "weightSource", source, "an earlier matrix of this layer than number " + input);
        return shapes.get(index);
    }

    private static MatrixShape sourceShape(LayerScope scope, String name, int index, String source) {
        LayerDict layer = scope.earlier().get(name);
        scope.require(layer != null, "weightSource", source, "a layer defined above, or this one");
        scope.require(layer.type().equals(scope.layer().type()), "weightSource", source, "a layer of type " + scope.layer().type());
        scope.require(layer.intValue("gpu") == scope.layer().intValue("gpu"), "weightSource", source, "a layer on the same gpu");
        List<MatrixShape> shapes = MatrixShape.weightsOf(layer);
        scope.require(index < shapes.size(), "weightSource", source, "an index below " + shapes.size());
        return shapes.get(index);
    }
}
