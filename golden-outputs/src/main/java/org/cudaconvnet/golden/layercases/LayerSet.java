package org.cudaconvnet.golden.layercases;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.golden.ArrayComparison;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.CaseResult.Status;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenIndex;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.Tolerance;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.DeviceException;

/** Small nets, at least one for every layer type, cost and neuron, recorded by this project in portable arithmetic: all bits must agree. */
public final class LayerSet implements GoldenSet {
    /** Value of the key "set" in the index. */
    public static final String KIND = "layers";

    private final String name;
    private final Path folder;
    private final List<LayerCase> cases = new ArrayList<>();

    /** @throws InputException if the index is incomplete */
    public LayerSet(String name, Path folder, GoldenIndex index) {
        this.name = name;
        this.folder = folder;
        for (JsonNode node : index.get("cases")) {
            cases.add(index.convert(node, LayerCase.class, "cases[" + cases.size() + "]"));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int count(CaseFilter only) {
        return accepted(only).size();
    }

    private List<LayerCase> accepted(CaseFilter only) {
        return cases.stream().filter(layerCase -> only.accepts(layerCase.layer(), layerCase.name())).toList();
    }

    @Override
    public void check(DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        for (LayerCase layerCase : accepted(only)) {
            Map<String, NumpyArray> arrays = Npz.read(folder.resolve(layerCase.file()));
            if (device.arithmetic() == Arithmetic.PORTABLE) {
                report.accept(compare(layerCase, arrays, arrays, device));
            } else {
                report.accept(new CaseResult(name, layerCase.layer(), layerCase.name(), Status.SKIPPED, List.of(),
                        "was recorded in portable arithmetic"));
            }
        }
    }

    @Override
    public void compare(DeviceChoice reference, DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        for (LayerCase layerCase : accepted(only)) {
            Map<String, NumpyArray> arrays = Npz.read(folder.resolve(layerCase.file()));
            report.accept(compare(layerCase, run(layerCase, arrays, reference), arrays, device));
        }
    }

    private CaseResult compare(LayerCase layerCase, Map<String, NumpyArray> expected, Map<String, NumpyArray> inputs, DeviceChoice device) {
        List<ArrayComparison> comparisons = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        try {
            Map<String, NumpyArray> found = run(layerCase, inputs, device);
            expected.forEach((array, values) -> {
                if (found.containsKey(array)) {
                    comparisons.add(ArrayComparison.compare(array, values.floats(), found.get(array).floats(), values.shape()[1],
                            Tolerance.EXACT));
                } else if (!LayerRun.isInput(array)) {
                    complaints.add(array + ": the net does not form this array");
                }
            });
        } catch (DeviceException | InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // One broken layer must not hide the results of all others.
            complaints.add("the net stopped with " + e);
        }
        comparisons.stream().filter(comparison -> !comparison.passed()).map(ArrayComparison::firstDifference).forEach(complaints::add);
        return CaseResult.of(name, layerCase.layer(), layerCase.name(), comparisons, complaints);
    }

    private static Map<String, NumpyArray> run(LayerCase layerCase, Map<String, NumpyArray> arrays, DeviceChoice device) {
        try (DeviceGroup devices = device.openGroup(LayerRun.ERA.kernelDefects())) {
            return new LayerRun(layerCase, arrays).train(devices, layerCase.randomSeed());
        }
    }
}
