package org.cudaconvnet.golden.report;

import java.util.List;
import org.cudaconvnet.golden.CaseResult;

/**
 * Every result on one device, or of one device against another.
 *
 * @param device      its name, or both names
 * @param description what the device says about itself, or how the two were compared
 */
public record DeviceRun(String device, String description, int threads, double seconds, List<CaseResult> results) {
    public long count(CaseResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
