package org.cudaconvnet.golden.enginecases;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.golden.ArrayComparison;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenIndex;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.Tolerance;
import org.cudaconvnet.kernels.DeviceException;

/**
 * A net that one of the original's engines trained: every stored array is one case; more say whether another number of threads, the
 * shared matrices of training in practice, and for nets of the multi-GPU engine another number of devices give the same bits.
 */
public final class EngineSet implements GoldenSet {
    private static final String THREADS = "same bits with other threads";
    private static final String SHARED = "same bits with shared matrices";
    private static final String DEVICES = "same bits with another number of devices";

    private final String name;
    private final EngineGolden golden;
    private final EngineTolerances tolerances;

    /** @throws InputException if the index or a file is incomplete */
    public EngineSet(String name, Path folder, GoldenIndex index) {
        this.name = name;
        golden = new EngineGolden(folder, index);
        tolerances = EngineTolerances.load(index.get("net").asText());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int count(CaseFilter only) {
        return countCompared(only) + (only.accepts(THREADS, THREADS) ? 1 : 0) + (only.accepts(SHARED, SHARED) ? 1 : 0)
                + (checksDevices(only) ? 1 : 0);
    }

    @Override
    public int countCompared(CaseFilter only) {
        return (int) golden.expected().keySet().stream().filter(array -> accepts(only, array)).count();
    }

    @Override
    public void check(DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        NetRun run = NetRun.of(golden, device, false);
        golden.expected().forEach((array, expected) -> {
            if (accepts(only, array)) {
                report.accept(check(array, expected, run, device.atMost(tolerances.of(array))));
            }
        });
        if (only.accepts(THREADS, THREADS)) {
            DeviceChoice other = device.withThreads(device.threads() == 1 ? 2 : 1);
            report.accept(checkSameBits(THREADS, run, NetRun.of(golden, other, false)));
        }
        if (only.accepts(SHARED, SHARED)) {
            report.accept(checkSameBits(SHARED, run, NetRun.of(golden, device, true)));
        }
        if (checksDevices(only)) {
            report.accept(checkDevices(device, run));
        }
    }

    private boolean checksDevices(CaseFilter only) {
        return golden.gpus() > 1 && only.accepts(DEVICES, DEVICES);
    }

    private CaseResult checkDevices(DeviceChoice device, NetRun run) {
        DeviceChoice other = device.withOtherCount();
        try (DeviceGroup available = other.openGroup(Set.of())) {
            available.requireGoodCopies();
        } catch (DeviceException missing) {
            return new CaseResult(name, DEVICES, DEVICES, CaseResult.Status.SKIPPED, List.of(), missing.getMessage());
        }
        return checkSameBits(DEVICES, run, NetRun.of(golden, other, false));
    }

    @Override
    public void compare(DeviceChoice reference, DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        NetRun referenceRun = NetRun.of(golden, reference, false);
        NetRun run = NetRun.of(golden, device, false);
        golden.expected().forEach((array, stored) -> {
            if (accepts(only, array)) {
                float[] expected = referenceRun.found().get(array);
                report.accept(expected == null ? notFormed(array, referenceRun)
                        : check(array, NumpyArray.ofFloats(expected, stored.shape()), run, Tolerance.EXACT));
            }
        });
    }

    private static boolean accepts(CaseFilter only, String array) {
        return only.accepts(operation(array), operation(array)) || only.accepts(array, array);
    }

    /** The file of an array, such as acts_batch1. */
    private static String operation(String array) {
        return array.substring(0, array.indexOf('/'));
    }

    private CaseResult check(String array, NumpyArray expected, NetRun run, Tolerance tolerance) {
        float[] found = run.found().get(array);
        if (found == null) {
            return notFormed(array, run);
        }
        int[] shape = expected.shape();
        ArrayComparison comparison = ArrayComparison.compare(array, expected.floats(), found, shape.length < 2 ? 1 : shape[1],
                tolerance);
        return CaseResult.of(name, operation(array), array, List.of(comparison),
                comparison.passed() ? List.of() : List.of(comparison.firstDifference()));
    }

    private CaseResult notFormed(String array, NetRun run) {
        String complaint = run.failure() == null ? "the net does not form this array" : "the net stopped with " + run.failure();
        return CaseResult.of(name, operation(array), array, List.of(), List.of(complaint));
    }

    private CaseResult checkSameBits(String what, NetRun run, NetRun otherRun) {
        List<ArrayComparison> comparisons = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        RuntimeException failure = run.failure() != null ? run.failure() : otherRun.failure();
        if (failure != null) {
            complaints.add("the net stopped with " + failure);
        }
        otherRun.found().forEach((array, values) -> {
            float[] expected = run.found().getOrDefault(array, new float[0]);
            ArrayComparison comparison = ArrayComparison.compare(array, expected, values, values.length, Tolerance.EXACT);
            comparisons.add(comparison);
            if (!comparison.passed()) {
                complaints.add(comparison.firstDifference());
            }
        });
        return CaseResult.of(name, what, what, comparisons, complaints);
    }
}
