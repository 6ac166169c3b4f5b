package org.cudaconvnet.engine.devicecheck;

import java.util.Locale;

/** What may go wrong between devices. */
public enum Fault {
    /** A copy is not made; the memory keeps what it held. */
    DROPPED,
    /** A copy delivers what its source held in the mini-batch before. */
    STALE,
    /** A copy delivers the matrix of another layer of the same size, such as the same layer of the other tower. */
    SWAPPED,
    /** One bit of the largest element changes on the way. */
    BIT_FLIP,
    /** A device fails before a step of a layer. */
    FAILURE;

    /** Mini-batches until the fault has happened. */
    int minibatches() {
        return this == STALE || this == SWAPPED ? 2 : 1;
    }

    /** The name on the command line, such as bit-flip. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
