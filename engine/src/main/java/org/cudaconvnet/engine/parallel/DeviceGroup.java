package org.cudaconvnet.engine.parallel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Devices;

/**
 * The physical devices of a run, each with a thread of its own. The {@code gpu} of a layer names a logical device; logical device g
 * is physical device g mod n, so a net for two devices runs on one as well, with the same bits.
 */
public final class DeviceGroup implements AutoCloseable {
    private final List<Backend> backends;
    private final List<DeviceThread> threads = new ArrayList<>();
    private final Transfers transfers;
    private PassHooks hooks = PassHooks.NONE;
    private RandomSchedule schedule;

    private DeviceGroup(List<Backend> backends, Transfers transfers) {
        this.backends = List.copyOf(backends);
        this.transfers = transfers;
        // A single device needs no other thread than the caller's.
        if (backends.size() > 1) {
            backends.forEach(backend -> threads.add(new DeviceThread(backend.name())));
        }
    }

    /**
     * Opens devices named like {@code cpu:0} or {@code cuda:0,cuda:1}; kinds may be mixed.
     *
     * @param threads CPU threads, shared by all devices that compute on the CPU; never changes bits
     * @throws InputException if a name is empty or there twice
     * @throws org.cudaconvnet.kernels.DeviceException if there is no such device
     */
    public static DeviceGroup open(String names, int threads, Set<Defect> defects, Arithmetic arithmetic, Transfers transfers) {
        List<String> list = names(names);
        long sharers = list.stream().filter(DeviceGroup::computesOnCpu).count();
        List<Backend> opened = new ArrayList<>();
        try {
            int sharersBefore = 0;
            for (String name : list) {
                boolean sharer = computesOnCpu(name);
                opened.add(Devices.open(name, sharer ? part(threads, sharersBefore, sharers) : 1, defects, arithmetic));
                sharersBefore += sharer ? 1 : 0;
            }
            return new DeviceGroup(opened, transfers);
        } catch (RuntimeException | Error e) {
            opened.forEach(Backend::close);
            throw e;
        }
    }

    /** As {@link #open(String, int, Set, Arithmetic, Transfers)}, in portable arithmetic with the usual transfers. */
    public static DeviceGroup open(String names, int threads, Set<Defect> defects) {
        return open(names, threads, defects, Arithmetic.PORTABLE, Transfers.PEER);
    }

    /** The names in a list such as {@code cpu:0,cpu:1}. */
    public static List<String> names(String list) {
        List<String> names = List.of(list.split(",", -1));
        if (names.size() > 1 && names.stream().anyMatch(String::isBlank)) {
            throw new InputException("devices \"" + list + "\": found an empty name, expected a list such as cpu:0,cpu:1");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new InputException("devices \"" + list + "\": a device is named twice, expected every one once; "
                    + "a net for several devices runs on a single one as well");
        }
        return names;
    }

    private static boolean computesOnCpu(String name) {
        return !name.startsWith("cuda:");
    }

    /** The first devices take what is left over; each has at least one thread. */
    private static int part(int threads, int index, long sharers) {
        return (int) Math.max(1, threads / sharers + (index < threads % sharers ? 1 : 0));
    }

    /**
     * Tries copies between real GPUs with {@link PeerCanary}; virtual devices share the host's memory and need no trial.
     *
     * @throws org.cudaconvnet.kernels.DeviceException if a copy delivers other bytes
     */
    public void requireGoodCopies() {
        List<Backend> gpus = backends.stream().filter(backend -> !computesOnCpu(backend.name())).toList();
        PeerCanary.check(gpus, transfers.staged());
    }

    /** Number of physical devices. */
    public int count() {
        return backends.size();
    }

    /** The physical device of a logical one; data (-1) are loaded on every device that needs them, so any will do. */
    public int deviceOf(int gpu) {
        return Math.max(0, gpu) % backends.size();
    }

    public Backend backend(int device) {
        return backends.get(device);
    }

    /** Such as {@code cpu:0,cpu:1}. */
    public String name() {
        return backends.stream().map(Backend::name).collect(Collectors.joining(","));
    }

    /** What the devices say about themselves, once if they say the same. */
    public String description() {
        return backends.stream().map(Backend::description).distinct().collect(Collectors.joining("; "));
    }

    DeviceThread thread(int device) {
        return threads.get(device);
    }

    Transfers transfers() {
        return transfers;
    }

    PassHooks hooks() {
        return hooks;
    }

    /** Lets a test look at passes, or disturb them. */
    public void setHooks(PassHooks hooks) {
        this.hooks = hooks;
    }

    /** Null if all devices run at the same time. */
    RandomSchedule schedule() {
        return schedule;
    }

    /** Lets the devices take turns, in the order that {@code schedule} draws, instead of running at the same time. */
    public void setSchedule(RandomSchedule schedule) {
        this.schedule = schedule;
    }

    /** Waits until every operation issued so far on any device is done. */
    public void synchronize() {
        backends.forEach(Backend::synchronize);
    }

    /** Closes the devices; a net that uses them has to be closed before. */
    @Override
    public void close() {
        threads.forEach(DeviceThread::close);
        backends.forEach(Backend::close);
    }
}
