package org.cudaconvnet.engine.devicecheck;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.devicecheck.FaultPlaces.Place;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfer;
import org.cudaconvnet.kernels.DeviceException;

/** One fault at one place: in the first mini-batch, or where it needs earlier values in the second. */
final class InjectedFault implements PassHooks {
    static final String FAILURE = "injected failure";
    /** The highest one of the fraction: the element changes by a quarter to a half. */
    private static final int FLIPPED_BIT = 1 << 22;

    private final Fault fault;
    private final Place place;
    private final List<Place> partners;
    private final Map<Place, float[]> earlier = new HashMap<>();
    private boolean done;

    /** @param partners copies of which the first one with other values arrives instead, if the fault swaps */
    InjectedFault(Fault fault, Place place, List<Place> partners) {
        this.fault = fault;
        this.place = place;
        this.partners = partners;
    }

    @Override
    public void beforeStep(String device, String pass, String layer) {
        if (fault == Fault.FAILURE && place.equals(Place.of(device, pass, layer))) {
            throw new DeviceException(FAILURE);
        }
    }

    @Override
    public synchronized void transfer(Transfer transfer, Runnable copy) {
        // A partial mini-batch has other sizes, but comes after the fault.
        Place here = Place.of(transfer);
        boolean now = !done && here.equals(place) && (fault == Fault.DROPPED || fault == Fault.BIT_FLIP || earlier.containsKey(here));
        if (!now || fault != Fault.DROPPED) {
            copy.run();
        }
        float[] arrived = new float[Math.toIntExact(transfer.target().size())];
        transfer.to().download(transfer.target(), arrived);
        if (now) {
            done = true;
            disturb(transfer, arrived);
        }
        earlier.put(here, arrived);
    }

    private void disturb(Transfer transfer, float[] arrived) {
        switch (fault) {
            case STALE -> transfer.to().upload(earlier.get(place), transfer.target());
            // Twins that share input and weights hold the same values.
            case SWAPPED -> partners.stream().map(earlier::get).filter(values -> !Arrays.equals(values, arrived)).findFirst()
                    .ifPresent(values -> transfer.to().upload(values, transfer.target()));
            case BIT_FLIP -> {
                int largest = 0;
                for (int i = 0; i < arrived.length; i++) {
                    largest = Math.abs(arrived[i]) > Math.abs(arrived[largest]) ? i : largest;
                }
                arrived[largest] = Float.intBitsToFloat(Float.floatToRawIntBits(arrived[largest]) ^ FLIPPED_BIT);
                transfer.to().upload(arrived, transfer.target());
            }
            default -> { }
        }
    }
}
