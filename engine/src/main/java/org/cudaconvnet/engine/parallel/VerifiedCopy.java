package org.cudaconvnet.engine.parallel;

import java.util.Arrays;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.Matrix;

/** Finds copies between devices that did not arrive, arrived late or were altered. */
final class VerifiedCopy {
    /** No kernel forms this not-a-number. */
    private static final float POISON = Float.intBitsToFloat(0x7fc0dead);

    private VerifiedCopy() {
    }

    /** Overwrites the target, so that what an earlier pass left there cannot pass for this one's. */
    static void poison(Transfer transfer) {
        float[] poison = new float[Math.toIntExact(transfer.target().size())];
        Arrays.fill(poison, POISON);
        transfer.to().upload(poison, transfer.target());
    }

    /**
     * Compares the target with what was sent.
     *
     * @throws DeviceException naming the layer, the devices and the first element that differs
     */
    static void check(Transfer transfer, float[] sent) {
        float[] received = new float[sent.length];
        transfer.to().download(transfer.target(), received);
        for (int i = 0; i < sent.length; i++) {
            int expected = Float.floatToRawIntBits(sent[i]);
            int found = Float.floatToRawIntBits(received[i]);
            if (expected != found) {
                Matrix target = transfer.target();
                throw new DeviceException("%s: element (%d, %d) of %s arrived as 0x%08x, expected 0x%08x".formatted(transfer,
                        i / target.cols(), i % target.cols(), target, found, expected));
            }
        }
    }
}
