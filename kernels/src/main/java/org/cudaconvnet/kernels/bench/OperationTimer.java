package org.cudaconvnet.kernels.bench;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceMark;

/** Times single operations on a device by its own clock. */
public final class OperationTimer {
    private final Backend backend;
    private final double seconds;

    /** @param seconds how long each operation is measured, after as long to warm up; it runs at least once for each */
    public OperationTimer(Backend backend, double seconds) {
        this.backend = backend;
        this.seconds = seconds;
    }

    /** Median time of one run of {@code operation}, which only issues work on this device. */
    public double milliseconds(Runnable operation) {
        runs(operation);
        List<Double> sorted = runs(operation).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private List<Double> runs(Runnable operation) {
        List<Double> milliseconds = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            try (DeviceMark before = backend.mark()) {
                operation.run();
                try (DeviceMark after = backend.mark()) {
                    milliseconds.add(after.millisecondsSince(before));
                }
            }
        } while (System.nanoTime() < end);
        return milliseconds;
    }
}
