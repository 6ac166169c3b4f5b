package org.cudaconvnet.engine.parallel;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.HostMemory;
import org.cudaconvnet.kernels.Matrix;

/**
 * Copies patterns between devices and compares what arrives. On some machines peer copies between GPUs report success and deliver other
 * bytes, which in a net shows as nothing but a worse result.
 */
public final class PeerCanary {
    /** Elements: one, around a warp, around a page, and some MiB, with an odd count. */
    private static final int[] SIZES = {1, 31, 1024, 65_537, 1_500_001};

    /** The bits of element {@code index} of a copy. */
    private interface Pattern {
        int bits(int index);
    }

    private record NamedPattern(String name, Pattern pattern) {
    }

    private static final List<NamedPattern> PATTERNS = List.of(
            new NamedPattern("zeros", index -> 0),
            new NamedPattern("ones", index -> -1),
            new NamedPattern("alternating bits", index -> index % 2 == 0 ? 0x55555555 : 0xaaaaaaaa),
            new NamedPattern("indices", index -> index),
            new NamedPattern("walking bit", index -> 1 << index),
            new NamedPattern("mixed bits", index -> Integer.reverse(index * 0x9e3779b1) ^ index * 0x85ebca6b));

    /** Copies that arrived as they were sent. */
    public record Checked(String from, String to, boolean direct, int copies) {
    }

    private PeerCanary() {
    }

    /**
     * Copies in both directions between every two devices, by way of the host and, unless {@code onlyStaged}, directly where the devices
     * can.
     *
     * @throws DeviceException at the first copy that arrives with other bytes
     */
    public static List<Checked> check(DeviceGroup devices, boolean onlyStaged) {
        List<Backend> backends = new ArrayList<>();
        for (int device = 0; device < devices.count(); device++) {
            backends.add(devices.backend(device));
        }
        return check(backends, onlyStaged);
    }

    static List<Checked> check(List<Backend> backends, boolean onlyStaged) {
        List<Checked> checked = new ArrayList<>();
        for (Backend from : backends) {
            for (Backend to : backends) {
                if (from != to) {
                    checked.add(check(from, to, false));
                    if (!onlyStaged && to.canCopyFrom(from)) {
                        checked.add(check(from, to, true));
                    }
                }
            }
        }
        return checked;
    }

    private static Checked check(Backend from, Backend to, boolean direct) {
        for (int size : SIZES) {
            Matrix source = from.allocate(1, size, false);
            Matrix target = to.allocate(1, size, false);
            try (HostMemory host = direct ? null : from.allocateHost(size)) {
                PATTERNS.forEach(pattern -> check(from, source, to, target, host, pattern));
            } finally {
                source.memory().close();
                target.memory().close();
            }
        }
        return new Checked(from.name(), to.name(), direct, SIZES.length * PATTERNS.size());
    }

    /** @param host by way of which the copy goes; null for a direct one */
    private static void check(Backend from, Matrix source, Backend to, Matrix target, HostMemory host, NamedPattern named) {
        float[] sent = new float[source.cols()];
        float[] inverse = new float[sent.length];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = Float.intBitsToFloat(named.pattern.bits(i));
            inverse[i] = Float.intBitsToFloat(~named.pattern.bits(i));
        }
        from.upload(sent, source);
        to.upload(inverse, target);
        from.synchronize();
        if (host == null) {
            to.copyFrom(from, source, target);
        } else {
            from.download(source, host);
            to.upload(host, target);
        }
        to.synchronize();
        float[] arrived = new float[sent.length];
        to.download(target, arrived);
        for (int i = 0; i < sent.length; i++) {
            int expected = named.pattern.bits(i);
            int found = Float.floatToRawIntBits(arrived[i]);
            if (found != expected) {
                throw new DeviceException(("%s copies from %s to %s deliver other bytes: element %d of %d (%s) arrived as 0x%08x, expected "
                        + "0x%08x%s").formatted(host == null ? "direct" : "staged", from.name(), to.name(), i, sent.length, named.name, found,
                        expected, host == null ? "; --transfers=staged avoids direct copies" : ""));
            }
        }
    }
}
