package org.cudaconvnet.engine.parallel;

import org.cudaconvnet.engine.InputException;

/**
 * How matrices go from one device to another.
 *
 * @param staged   always by way of host memory; otherwise only where the devices have no peer access
 * @param verified every copy is compared, bit for bit, with what the sender has
 */
public record Transfers(boolean staged, boolean verified) {
    /** Directly where possible, not verified. */
    public static final Transfers PEER = new Transfers(false, false);

    /**
     * @param way peer or staged
     * @throws InputException for any other
     */
    public static Transfers of(String way, boolean verified) {
        if (!way.equals("peer") && !way.equals("staged")) {
            throw new InputException("--transfers=" + way + ", expected peer or staged");
        }
        return new Transfers(way.equals("staged"), verified);
    }
}
