package org.cudaconvnet.golden.enginecases;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.ParseContext;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceException;

/** Trains the net of a golden set on its stored mini-batches, with the defects of v1, and keeps every array that is expected. */
final class NetRun {
    private static final Compatibility ERA = Compatibility.era("v1");

    private final EngineGolden golden;
    private final Map<String, float[]> found = new LinkedHashMap<>();
    private RuntimeException failure;
    private Net net;

    private NetRun(EngineGolden golden) {
        this.golden = golden;
    }

    static NetRun of(EngineGolden golden, DeviceChoice device) {
        NetRun run = new NetRun(golden);
        List<LayerDict> layers = run.layers();
        try (Backend backend = device.open(ERA.kernelDefects());
             Net net = new Net(layers, backend, ERA, false)) {
            run.net = net;
            run.train();
        } catch (DeviceException | InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // What was formed until then is still worth a comparison.
            run.failure = e;
        }
        return run;
    }

    /** Row-major arrays by the names of {@link EngineGolden#expected()}; an array that the net did not form is missing. */
    Map<String, float[]> found() {
        return Collections.unmodifiableMap(found);
    }

    /** Null, or what ended the run early. */
    RuntimeException failure() {
        return failure;
    }

    private List<LayerDict> layers() {
        List<Integer> dataDims = golden.data().stream().map(HostMatrix::rows).toList();
        // Every weight is overwritten below, so the seed does not matter.
        List<LayerDict> layers = LayerParser.parse(golden.layerDefinition(), golden.layerParameters(),
                ParseContext.of(dataDims, golden.classes(), new RandomState(0)));
        for (LayerDict layer : layers) {
            if (layer.has("weights")) {
                List<HostMatrix> weights = layer.matrixList("weights");
                for (int i = 0; i < weights.size(); i++) {
                    setInitial(layer.name() + "/weights" + i, weights.get(i));
                }
                setInitial(layer.name() + "/biases", layer.matrix("biases"));
            }
        }
        return layers;
    }

    private void setInitial(String name, HostMatrix weights) {
        HostMatrix initial = golden.initialWeights(name);
        if (initial == null || initial.rows() != weights.rows() || initial.cols() != weights.cols()) {
            throw new InputException(golden.layerDefinition() + ": initial weights " + name + " are "
                    + (initial == null ? "missing" : initial.rows() + " x " + initial.cols()) + ", expected "
                    + weights.rows() + " x " + weights.cols());
        }
        for (int row = 0; row < weights.rows(); row++) {
            for (int col = 0; col < weights.cols(); col++) {
                weights.set(row, col, initial.get(row, col));
            }
        }
    }

    private void train() {
        int[] order = golden.minibatchOrder();
        for (int done = 0; done < order.length; done++) {
            fprop(order[done], PassType.TRAIN);
            keepCosts(EngineGolden.costsFile(done));
            if (done == 0) {
                keepActivations("acts_batch1", net::acts);
            }
            net.bprop(PassType.TRAIN);
            if (done == 0) {
                keepActivations("actsgrad_batch1", net::actsGrad);
                keepWeights("weightgrads_batch1");
            }
            net.updateWeights();
            keepWeights(EngineGolden.weightsFile(done + 1));
        }
        fprop(0, PassType.TEST);
        for (String layer : expectedIn(golden.testFile())) {
            if (!EngineGolden.isCost(layer)) {
                keep(golden.testFile() + "/" + layer, net.acts(layer));
            }
        }
        keepCosts(golden.testFile());
    }

    private void fprop(int minibatch, PassType pass) {
        int from = minibatch * golden.minibatchSize();
        int to = Math.min(golden.data().get(0).cols(), from + golden.minibatchSize());
        net.fprop(golden.data(), from, to, pass);
    }

    private void keepCosts(String file) {
        net.costs().sums().forEach((layer, values) -> {
            for (int i = 0; i < values.length; i++) {
                keep(file + "/" + EngineGolden.costName(layer, i), new float[] {(float) values[i]});
            }
        });
    }

    private interface Source {
        float[] of(String layer);
    }

    private void keepActivations(String file, Source source) {
        for (String name : expectedIn(file)) {
            if (!name.contains("/")) {
                float[] values = source.of(name);
                if (values != null) {
                    int cases = Math.min(golden.minibatchSize(), golden.data().get(0).cols());
                    keep(file + "/" + name, selectCases(values, cases));
                    keep(file + "/" + name + "/sum_over_cases", sumOverCases(values, cases));
                }
            }
        }
    }

    private float[] selectCases(float[] values, int cases) {
        int[] selected = golden.selectedCases();
        float[] result = new float[values.length / cases * selected.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i / selected.length * cases + selected[i % selected.length]];
        }
        return result;
    }

    /** In binary64, then rounded, as in the stored data. */
    private static float[] sumOverCases(float[] values, int cases) {
        float[] sums = new float[values.length / cases];
        for (int row = 0; row < sums.length; row++) {
            double sum = 0;
            for (int i = 0; i < cases; i++) {
                sum += values[row * cases + i];
            }
            sums[row] = (float) sum;
        }
        return sums;
    }

    private void keepWeights(String file) {
        for (String name : expectedIn(file)) {
            String[] parts = name.split("/");
            keep(file + "/" + name, weights(parts[0], parts[1], parts[2]));
        }
    }

    private float[] weights(String kind, String layer, String matrix) {
        boolean biases = matrix.equals("biases");
        int input = biases ? -1 : Integer.parseInt(matrix.replaceFirst("weights", ""));
        return switch (kind) {
            case "w" -> biases ? net.biases(layer) : net.weights(layer, input);
            case "inc", "inc_before_update" -> biases ? net.biasesInc(layer) : net.weightsInc(layer, input);
            case "grad" -> biases ? net.biasGrad(layer) : net.weightGrad(layer, input);
            default -> throw new InputException(golden.layerDefinition() + ": weights of unknown kind \"" + kind + "\"");
        };
    }

    /** Names of the expected arrays of one file, without the file's name. */
    private List<String> expectedIn(String file) {
        return golden.expected().keySet().stream().filter(name -> name.startsWith(file + "/"))
                .map(name -> name.substring(file.length() + 1)).toList();
    }

    private void keep(String name, float[] values) {
        if (values != null && golden.expected().containsKey(name)) {
            found.put(name, values);
        }
    }
}
