package org.cudaconvnet.engine.parallel;

/**
 * How matrices go from one device to another.
 *
 * @param staged   always by way of host memory; otherwise only where the devices have no peer access
 * @param verified every copy is compared, bit for bit, with what the sender has
 */
public record Transfers(boolean staged, boolean verified) {
    /** Directly where possible, not verified. */
    public static final Transfers PEER = new Transfers(false, false);
}
