package org.cudaconvnet.golden.parity;

import java.util.List;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.CaseResult.Status;
import org.cudaconvnet.golden.OutputDigest;
import org.cudaconvnet.golden.report.OperationRow;

/**
 * How all cases of one operation of one golden set came out on a device.
 *
 * @param passed        cases that the check accepts, including the excused
 * @param excused       cases among the passed that are not the stored data bit for bit, but within the tolerance of their operation
 * @param outputsSha256 digest of all bits of all outputs, see {@link OutputDigest#of(List)}
 */
public record OperationRecord(String set, String operation, long cases, long passed, long failed, long excused, String outputsSha256) {
    static OperationRecord of(OperationRow row) {
        return new OperationRecord(row.set(), row.operation(), row.results().size(), row.count(Status.PASSED), row.count(Status.FAILED),
                row.results().stream().filter(OperationRecord::isExcused).count(), OutputDigest.of(row.results()));
    }

    private static boolean isExcused(CaseResult result) {
        return result.status() == Status.PASSED && !result.sameBits();
    }

    /** Set and operation, as one name. */
    public String name() {
        return set + " " + operation;
    }
}
