package org.cudaconvnet.engine.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which channels the filter groups of conv and local layers see (spec: config-language.md section 4.6, random.md section 5). */
public final class Connectivity {
    private Connectivity() {
    }

    /** Channels per filter of each input; for random sparse inputs the key filterChannels gives it. */
    static List<Integer> filterChannels(LayerScope scope, List<Integer> channels, List<Integer> groups, List<Boolean> randSparse) {
        List<Integer> dense = IntStream.range(0, channels.size()).mapToObj(i -> channels.get(i) / groups.get(i)).toList();
        boolean given = randSparse.contains(true) && scope.section().has("filterChannels");
        List<Integer> filterChannels = given ? scope.section().integers("filterChannels", channels.size()) : dense;
        List<Integer> overSample = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            if (randSparse.get(i)) {
                requireSparse(scope, channels.get(i), groups.get(i), filterChannels.get(i));
            } else {
                scope.require(channels.get(i) % groups.get(i) == 0, "groups", groups.get(i), "a divisor of the " + channels.get(i) + " channels");
                scope.require(filterChannels.get(i).equals(dense.get(i)), "filterChannels", filterChannels.get(i),
                        "channels / groups = " + dense.get(i) + " for an input that is not randSparse");
            }
            overSample.add(groups.get(i) * filterChannels.get(i) / channels.get(i));
        }
        scope.layer().put("overSample", overSample);
        return filterChannels;
    }

    private static void requireSparse(LayerScope scope, int channels, int groups, int filterChannels) {
        scope.require(groups > 1, "groups", groups, "more than 1 for a randSparse input");
        scope.require(filterChannels >= 4 && filterChannels % 4 == 0 && channels % filterChannels == 0, "filterChannels", filterChannels,
                "a divisor of the " + channels + " channels that is divisible by 4");
        scope.require(groups * filterChannels % channels == 0, "filterChannels", filterChannels,
                "groups * filterChannels to be a multiple of the " + channels + " channels");
    }

    /** Sets filterConns: drawn, supplied by initCFunc, or taken from the input that the weights are tied to; empty for dense inputs. */
    static void parse(LayerScope scope) {
        LayerDict layer = scope.layer();
        boolean external = !layer.stringValue("initCFunc").isEmpty();
        List<List<Integer>> connections = new ArrayList<>();
        for (int i = 0; i < scope.inputCount(); i++) {
            // Permutations are drawn even where something else replaces them: later draws must not depend on it.
            connections.add(layer.booleanList("randSparse").get(i) ? draw(scope, i) : List.of());
        }
        layer.put("filterConns", connections);
        for (int i = 0; i < scope.inputCount(); i++) {
            if (!layer.booleanList("randSparse").get(i)) {
                continue;
            }
            if (external) {
                connections.set(i, supplied(scope, i));
            } else if (WeightSources.isTied(layer, i)) {
                connections.set(i, tied(scope, i));
            }
        }
    }

    private static List<Integer> draw(LayerScope scope, int input) {
        int channels = scope.layer().intList("channels").get(input);
        List<Integer> drawn = new ArrayList<>();
        scope.context().random().ifPresent(random -> {
            for (int o = 0; o < scope.layer().intList("overSample").get(input); o++) {
                Arrays.stream(random.permutation(channels)).forEach(drawn::add);
            }
        });
        return drawn;
    }

    private static List<Integer> supplied(LayerScope scope, int input) {
        LayerDict layer = scope.layer();
        if (scope.context().random().isEmpty()) {
            return List.of();
        }
        int groups = layer.intList("groups").get(input);
        int channels = layer.intList("channels").get(input);
        int filterChannels = layer.intList("filterChannels").get(input);
        InitFunction function = InitFunction.parse(scope, "initCFunc");
        List<Integer> connections = function.call(scope,
                f -> f.connectivity(layer.name(), input, groups, channels, filterChannels, function.params()));
        boolean good = connections.size() == groups * filterChannels && arePermutations(connections, channels);
        scope.require(good, "initCFunc", function, layer.intList("overSample").get(input) + " permutations of the "
                + channels + " channels");
        return connections;
    }

    /** Whether each run of {@code channels} connections names every channel once. */
    public static boolean arePermutations(List<Integer> connections, int channels) {
        List<Integer> all = IntStream.range(0, channels).boxed().toList();
        boolean permutations = connections.size() % channels == 0;
        for (int from = 0; permutations && from < connections.size(); from += channels) {
            permutations = connections.subList(from, from + channels).stream().sorted().toList().equals(all);
        }
        return permutations;
    }

    private static List<Integer> tied(LayerScope scope, int input) {
        LayerDict layer = scope.layer();
        LayerDict source = WeightSources.sourceLayer(scope, input);
        int index = layer.intList("weightSourceMatrixIndices").get(input);
        boolean same = source.booleanList("randSparse").get(index);
        for (String key : List.of("groups", "channels", "filterChannels")) {
            same &= source.intList(key).get(index).equals(layer.intList(key).get(input));
        }
        scope.require(same, "weightSource", source.name() + "[" + index + "]",
                "a randSparse input with the same groups, channels and filterChannels");
        @SuppressWarnings("unchecked")
        List<Integer> connections = (List<Integer>) source.list("filterConns", List.class).get(index);
        return connections;
    }
}
