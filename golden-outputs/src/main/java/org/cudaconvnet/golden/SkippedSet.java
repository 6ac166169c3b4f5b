package org.cudaconvnet.golden;

import java.util.List;
import java.util.function.Consumer;

/** A set that this build cannot check yet; it shows up in every report instead of vanishing. */
record SkippedSet(String name, String reason) implements GoldenSet {
    private static final String OPERATION = "whole set";

    @Override
    public int count(CaseFilter only) {
        return only.accepts(OPERATION, name) ? 1 : 0;
    }

    @Override
    public void check(DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        if (count(only) > 0) {
            report.accept(new CaseResult(name, OPERATION, name, CaseResult.Status.SKIPPED, List.of(), reason));
        }
    }

    @Override
    public void compare(DeviceChoice reference, DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        check(device, only, report);
    }
}
