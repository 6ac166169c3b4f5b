package org.cudaconvnet.golden.kernelcases;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.ArrayComparison;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenArray;
import org.cudaconvnet.golden.GoldenCase;
import org.cudaconvnet.golden.GoldenIndex;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.Tolerance;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;

/**
 * Calls of single operations, one npz each, run with the defects of 2012 reproduced (spec: golden-2012 README, field "quirk"). The index
 * names the arithmetic of the data, without an entry that of 2012: with it all bits must agree, with the other one there are tolerances.
 */
public final class KernelSet implements GoldenSet {
    /** Key of the index. */
    static final String ARITHMETIC = "arithmetic";

    private final String name;
    private final Path folder;
    private final List<GoldenCase> cases = new ArrayList<>();
    private final KernelTolerances tolerances = KernelTolerances.load();
    private final Arithmetic arithmetic;

    /** @throws InputException if the index is incomplete or names a call that is unknown here */
    public KernelSet(String name, Path folder, GoldenIndex index) {
        this.name = name;
        this.folder = folder;
        arithmetic = index.has(ARITHMETIC) ? index.convert(index.get(ARITHMETIC), Arithmetic.class, ARITHMETIC) : Arithmetic.ROUNDED_2012;
        int position = 0;
        for (JsonNode node : index.get("cases")) {
            String place = "cases[" + position++ + "]";
            GoldenCase goldenCase = index.convert(node, GoldenCase.class, place);
            if (KernelCalls.find(goldenCase.call()) == null) {
                throw new InputException(index.file() + ": " + place + " (" + goldenCase.name() + "): call \"" + goldenCase.call()
                        + "\" is unknown");
            }
            cases.add(goldenCase);
        }
        if (index.has("count") && index.get("count").asInt() != position) {
            throw new InputException(index.file() + ": found " + position + " cases, expected " + index.get("count"));
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Families of calls in the order of the index. */
    public List<String> operations() {
        return cases.stream().map(GoldenCase::operation).distinct().toList();
    }

    @Override
    public int count(CaseFilter only) {
        return (int) accepted(only).count();
    }

    @Override
    public void check(DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        try (Backend backend = device.open(EnumSet.allOf(Defect.class))) {
            accepted(only).forEach(goldenCase -> report.accept(check(backend, device.arithmetic(), goldenCase)));
        }
    }

    private Stream<GoldenCase> accepted(CaseFilter only) {
        return cases.stream().filter(goldenCase -> only.accepts(goldenCase.operation(), goldenCase.name()));
    }

    /** Checks on a device that is already open, in portable arithmetic and with the defects of 2012, until a case fails. */
    public Optional<CaseResult> firstFailure(Backend backend, CaseFilter only) {
        return accepted(only).map(goldenCase -> check(backend, Arithmetic.PORTABLE, goldenCase))
                .filter(result -> result.status() == CaseResult.Status.FAILED).findFirst();
    }

    @Override
    public void compare(DeviceChoice reference, DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        try (Backend referenceBackend = reference.open(EnumSet.allOf(Defect.class));
             Backend backend = device.open(EnumSet.allOf(Defect.class))) {
            accepted(only).forEach(goldenCase -> {
                Map<String, NumpyArray> arrays = readArrays(goldenCase);
                List<String> complaints = new ArrayList<>();
                Map<GoldenArray, float[]> expected = outputs(referenceBackend, goldenCase, arrays, complaints);
                Map<GoldenArray, float[]> found = outputs(backend, goldenCase, arrays, complaints);
                report.accept(compare(goldenCase, expected, found, output -> Tolerance.EXACT, complaints));
            });
        }
    }

    private CaseResult check(Backend backend, Arithmetic used, GoldenCase goldenCase) {
        Map<String, NumpyArray> arrays = readArrays(goldenCase);
        List<String> complaints = new ArrayList<>();
        Map<GoldenArray, float[]> found = outputs(backend, goldenCase, arrays, complaints);
        Map<GoldenArray, float[]> expected = new HashMap<>();
        goldenCase.outputs().forEach(output -> expected.put(output, arrays.get(output.name()).floats()));
        return compare(goldenCase, expected, found, output -> used == arithmetic ? Tolerance.EXACT : tolerances.of(goldenCase, output), complaints);
    }

    /** Runs one case; empty if the operation fails, which is a complaint. */
    private static Map<GoldenArray, float[]> outputs(Backend backend, GoldenCase goldenCase, Map<String, NumpyArray> arrays,
                                                     List<String> complaints) {
        Map<GoldenArray, float[]> outputs = new HashMap<>();
        try (KernelCall call = new KernelCall(backend, goldenCase, arrays)) {
            KernelCalls.find(goldenCase.call()).accept(call);
            backend.synchronize();
            goldenCase.outputs().forEach(output -> outputs.put(output, call.output(output)));
            complaints.addAll(call.damage());
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // One broken operation must not hide the results of all others.
            complaints.add(backend.name() + ": the operation threw " + e);
        }
        return outputs;
    }

    private CaseResult compare(GoldenCase goldenCase, Map<GoldenArray, float[]> expected, Map<GoldenArray, float[]> found,
                               Function<GoldenArray, Tolerance> tolerance, List<String> complaints) {
        List<ArrayComparison> comparisons = new ArrayList<>();
        for (GoldenArray output : goldenCase.outputs()) {
            if (expected.containsKey(output) && found.containsKey(output)) {
                comparisons.add(ArrayComparison.compare(output.name(), expected.get(output), found.get(output), output.cols(),
                        tolerance.apply(output)));
            }
        }
        List<String> differences = comparisons.stream().filter(comparison -> !comparison.passed())
                .map(ArrayComparison::firstDifference).toList();
        return CaseResult.of(name, goldenCase.operation(), goldenCase.name(), comparisons,
                Stream.concat(differences.stream(), complaints.stream()).toList());
    }

    private Map<String, NumpyArray> readArrays(GoldenCase goldenCase) {
        Path file = folder.resolve(goldenCase.file()).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new InputException(goldenCase.name() + ": file " + goldenCase.file() + " is outside the set");
        }
        Map<String, NumpyArray> found = Npz.read(file);
        Map<String, NumpyArray> arrays = new HashMap<>();
        List<GoldenArray> expected = new ArrayList<>(goldenCase.inputs());
        expected.addAll(goldenCase.outputs());
        for (GoldenArray array : expected) {
            NumpyArray values = found.get(array.name());
            int[] shape = array.isIndexList() ? array.shape() : new int[] {array.rows(), array.cols()};
            if (values == null || !Arrays.equals(values.shape(), shape)) {
                throw new InputException(file + ": array " + array.name() + " is "
                        + (values == null ? "missing" : Arrays.toString(values.shape())) + ", expected "
                        + Arrays.toString(shape));
            }
            arrays.put(array.name(), values);
        }
        return arrays;
    }
}
