package org.cudaconvnet.golden.report;

import java.util.List;
import org.cudaconvnet.golden.CaseResult;

/**
 * Every result on one device.
 *
 * @param description what the device says about itself
 */
public record DeviceRun(String device, String description, int threads, double seconds, List<CaseResult> results) {
    public long count(CaseResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
