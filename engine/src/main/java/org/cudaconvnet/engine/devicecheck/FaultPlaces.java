package org.cudaconvnet.engine.devicecheck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.engine.parallel.Transfer;

/** Collects from a sound run all copies between devices and all steps, where faults can be injected. */
final class FaultPlaces implements PassHooks {
    /**
     * A copy or a step.
     *
     * @param text     names layer and devices as messages do
     * @param kind     of a copy; null for a step
     * @param elements of a copy
     */
    record Place(String layer, String text, Transfer.Kind kind, int elements) {
        static Place of(Transfer transfer) {
            return new Place(transfer.layer(), transfer.toString(), transfer.kind(), Math.toIntExact(transfer.source().size()));
        }

        static Place of(String device, String pass, String layer) {
            return new Place(layer, device + ": layer " + layer + ", " + pass, null, 0);
        }
    }

    private final Set<Place> places = new LinkedHashSet<>();

    @Override
    public synchronized void beforeStep(String device, String pass, String layer) {
        places.add(Place.of(device, pass, layer));
    }

    @Override
    public void transfer(Transfer transfer, Runnable copy) {
        copy.run();
        synchronized (this) {
            places.add(Place.of(transfer));
        }
    }

    /** In an order that does not depend on which device was faster. */
    List<Place> of(Fault fault) {
        return places.stream().filter(place -> (place.kind() == null) == (fault == Fault.FAILURE))
                .filter(place -> fault != Fault.SWAPPED || !partners(place).isEmpty())
                .sorted(Comparator.comparing(Place::text)).toList();
    }

    /** The copies of as many elements of other layers, those of the same kind first. */
    List<Place> partners(Place place) {
        List<Place> alike = new ArrayList<>(places);
        alike.removeIf(other -> other.elements() != place.elements() || other.layer().equals(place.layer()));
        alike.sort(Comparator.comparing((Place other) -> other.kind() != place.kind()).thenComparing(Place::text));
        return alike;
    }
}
