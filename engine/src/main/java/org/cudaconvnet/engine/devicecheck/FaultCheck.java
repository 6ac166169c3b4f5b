package org.cudaconvnet.engine.devicecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.devicecheck.FaultPlaces.Place;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.DeviceException;

/** Injects faults into the copies and steps of a net, one per trial, and looks whether they are found. */
public final class FaultCheck implements AutoCloseable {
    /**
     * What became of one fault.
     *
     * @param place        the copy or step with the fault
     * @param comparison   first difference from a single device; null if there is none, and for a device that fails
     * @param verification what the run with verified copies stopped with; null if it did not stop
     */
    public record Trial(Fault fault, String layer, String place, Difference comparison, String verification) {
        /** Whether the run with verified copies stopped and named layer and devices of the fault. */
        public boolean isNamed() {
            return verification != null && verification.contains(place);
        }

        /**
         * Named, and seen by a comparison with a single device, too. That is not asked of a device that failed, nor of a bit: its
         * element may lie where no consumer looks, such as between the pixels that a nailbed takes.
         */
        public boolean isFound() {
            return isNamed() && (comparison != null || fault == Fault.FAILURE || fault == Fault.BIT_FLIP);
        }
    }

    private final DeviceCheck check;
    private final DeviceGroup reference;
    private final DeviceGroup plain;
    private final DeviceGroup verified;
    private final FaultPlaces places = new FaultPlaces();

    /** Runs the net once without a fault. */
    public FaultCheck(CheckedNet net, String reference, String devices, int threads, boolean staged) {
        check = new DeviceCheck(net);
        this.reference = open(reference, threads, staged, false);
        plain = open(devices, threads, staged, false);
        verified = open(devices, threads, staged, true);
        plain.setHooks(places);
        if (check.run(this.reference, plain, 1) != null) {
            throw new InputException(net.name() + " has other bits on " + devices + " than on " + reference + " without any fault");
        }
    }

    private static DeviceGroup open(String devices, int threads, boolean staged, boolean verified) {
        return DeviceGroup.open(devices, threads, Set.of(), Arithmetic.PORTABLE, new Transfers(staged, verified));
    }

    /** Where faults can be injected: the number of trials. */
    public int count(Fault fault, String layer) {
        return places(fault, layer).size();
    }

    private List<Place> places(Fault fault, String layer) {
        return places.of(fault).stream().filter(place -> layer == null || place.layer().equals(layer)).toList();
    }

    /**
     * One trial for every place, each with new nets.
     *
     * @param layer    only places of that layer; null for all
     * @param progress told of every trial
     */
    public List<Trial> run(Fault fault, String layer, Consumer<Trial> progress) {
        List<Trial> trials = new ArrayList<>();
        for (Place place : places(fault, layer)) {
            Trial trial = trial(fault, place);
            trials.add(trial);
            progress.accept(trial);
        }
        return trials;
    }

    private Trial trial(Fault fault, Place place) {
        List<Place> partners = places.partners(place);
        // A device that fails leaves nothing to compare.
        Difference comparison = null;
        if (fault != Fault.FAILURE) {
            plain.setHooks(new InjectedFault(fault, place, partners));
            comparison = check.run(reference, plain, fault.minibatches());
        }
        verified.setHooks(new InjectedFault(fault, place, partners));
        try {
            check.run(reference, verified, fault.minibatches());
            return new Trial(fault, place.layer(), place.text(), comparison, null);
        } catch (DeviceException failed) {
            return new Trial(fault, place.layer(), place.text(), comparison, failed.getMessage());
        }
    }

    @Override
    public void close() {
        List.of(reference, plain, verified).forEach(DeviceGroup::close);
    }
}
