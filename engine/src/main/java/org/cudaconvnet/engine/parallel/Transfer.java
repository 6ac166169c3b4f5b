package org.cudaconvnet.engine.parallel;

import java.util.Locale;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * One copy of a layer's matrix between devices, made on the thread of the receiving one.
 *
 * @param pass number of the pass
 */
public record Transfer(String layer, Kind kind, long pass, Backend from, Matrix source, Backend to, Matrix target) {
    /** What of a layer is copied: its activations to a consumer, or the share of its gradient that consumers elsewhere formed. */
    public enum Kind {
        ACTIVATIONS, GRADIENT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return kind + " of layer " + layer + " from " + from.name() + " to " + to.name();
    }
}
