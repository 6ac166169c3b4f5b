package org.cudaconvnet.golden;

import java.util.List;
import java.util.function.Consumer;

/** A set that this build cannot check yet; it shows up in every report instead of vanishing. */
record SkippedSet(String name, String reason) implements GoldenSet {
    @Override
    public int count(CaseFilter only) {
        return 1;
    }

    @Override
    public void check(DeviceChoice device, CaseFilter only, Consumer<CaseResult> report) {
        report.accept(new CaseResult(name, "whole set", name, CaseResult.Status.SKIPPED, List.of(), reason));
    }
}
