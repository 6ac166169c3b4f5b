package org.cudaconvnet.golden.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.engine.cli.StepProgress;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.report.DeviceRun;
import org.cudaconvnet.kernels.Arithmetic;

/** Checks golden sets while it shows the progress. */
public final class GoldenCheck {
    private GoldenCheck() {
    }

    /**
     * One device against the stored data.
     *
     * @param err where the progress is shown
     */
    public static DeviceRun run(List<GoldenSet> sets, DeviceChoice device, CaseFilter filter, PrintWriter err) {
        String description;
        try (DeviceGroup devices = device.openGroup(Set.of())) {
            description = devices.description() + (device.arithmetic() == Arithmetic.ROUNDED_2012 ? ", arithmetic of the golden data" : "");
        }
        long start = System.nanoTime();
        List<CaseResult> results = new ArrayList<>();
        for (GoldenSet set : sets) {
            int count = set.count(filter);
            if (count > 0) {
                try (StepProgress progress = new StepProgress(device.name() + " " + set.name(), "cases", "failed", count, err)) {
                    set.check(device, filter, result -> {
                        results.add(result);
                        progress.step(result.status() == CaseResult.Status.FAILED);
                    });
                }
            }
        }
        return new DeviceRun(device.name(), description, device.threads(), (System.nanoTime() - start) / 1e9, results);
    }

    /** One device against another one, bit for bit. */
    public static DeviceRun compare(List<GoldenSet> sets, DeviceChoice reference, DeviceChoice device, CaseFilter filter, PrintWriter err) {
        String pair = device.name() + " against " + reference.name();
        long start = System.nanoTime();
        List<CaseResult> results = new ArrayList<>();
        for (GoldenSet set : sets) {
            int count = set.countCompared(filter);
            if (count > 0) {
                try (StepProgress progress = new StepProgress(pair + " " + set.name(), "cases", "failed", count, err)) {
                    set.compare(reference, device, filter, result -> {
                        results.add(result);
                        progress.step(result.status() == CaseResult.Status.FAILED);
                    });
                }
            }
        }
        return new DeviceRun(pair, "every output bit for bit", device.threads(), (System.nanoTime() - start) / 1e9, results);
    }
}
