package org.cudaconvnet.golden;

import java.util.function.Consumer;

/** A folder with golden cases. */
public interface GoldenSet {
    /** Folder relative to where the search began, such as engine/quick. */
    String name();

    /** How many results {@link #check} reports. */
    int count(CaseFilter only);

    /**
     * Runs the cases in the order of the index and reports every result as soon as it is known.
     *
     * @throws org.cudaconvnet.engine.InputException if the set itself is damaged
     */
    void check(DeviceChoice device, CaseFilter only, Consumer<CaseResult> report);

    /** How many results {@link #compare} reports. */
    default int countCompared(CaseFilter only) {
        return count(only);
    }

    /**
     * Runs the cases on two devices and reports every array of {@code device} that is not, bit for bit, what {@code reference} forms:
     * no tolerance, whatever the stored data accept.
     *
     * @throws org.cudaconvnet.engine.InputException if the set itself is damaged
     */
    void compare(DeviceChoice reference, DeviceChoice device, CaseFilter only, Consumer<CaseResult> report);
}
