package org.cudaconvnet.golden.enginecases;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.kernels.DeviceException;

/** Trains the net of a golden set on its stored mini-batches, in the era of the engine that did, and keeps every array that is expected. */
final class NetRun {
    private final EngineGolden golden;
    private final boolean keepsActivations;
    private final Map<String, float[]> found = new LinkedHashMap<>();
    private RuntimeException failure;
    private Net net;

    private NetRun(EngineGolden golden, boolean keepsActivations) {
        this.golden = golden;
        this.keepsActivations = keepsActivations;
    }

    /**
     * @param shareMatrices as in {@link Net}: training in practice shares them, but then activations and gradients are overwritten and
     *                      not kept here
     */
    static NetRun of(EngineGolden golden, DeviceChoice device, boolean shareMatrices) {
        NetRun run = new NetRun(golden, !shareMatrices);
        List<LayerDict> layers = InitialLayers.of(golden);
        Compatibility era = Compatibility.era(golden.gpus() > 1 ? "2012" : "v1");
        try (DeviceGroup devices = device.openGroup(era.kernelDefects());
             Net net = new Net(layers, devices, era, shareMatrices)) {
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

    private void train() {
        int[] order = golden.minibatchOrder();
        for (int done = 0; done < order.length; done++) {
            fprop(order[done], PassType.TRAIN);
            keepCosts(EngineGolden.costsFile(done));
            if (done == 0 && keepsActivations) {
                keepActivations("acts_batch1", net::acts);
            }
            net.bprop(PassType.TRAIN);
            if (done == 0 && keepsActivations) {
                keepActivations("actsgrad_batch1", net::actsGrad);
            }
            if (done == 0) {
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
        CaseColumns columns = new CaseColumns(Math.min(golden.minibatchSize(), golden.data().get(0).cols()), golden.selectedCases());
        for (String name : expectedIn(file)) {
            if (!name.contains("/")) {
                float[] values = source.of(name);
                if (values != null) {
                    keep(file + "/" + name, columns.selected(values));
                    keep(file + "/" + name + "/sum_over_cases", columns.sums(values));
                }
            }
        }
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
