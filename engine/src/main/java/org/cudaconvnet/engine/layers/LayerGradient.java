package org.cudaconvnet.engine.layers;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cudaconvnet.engine.parallel.Pass;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;

/**
 * The gradient with respect to a layer's activations: the share of the consumers on the layer's own logical device, to which the shares
 * of the others are added in the order in which their devices first appear among the consumers in definition order. That order and the
 * shares depend on the net's definition only, not on the physical devices, so neither do the bits.
 */
final class LayerGradient implements AutoCloseable {
    private static final BinaryOperator ADD = BinaryOperator.weightedAdd(1, 1);

    private final Backend backend;
    private final GradientShare own;
    private final Map<Integer, GradientShare> foreign = new LinkedHashMap<>();
    private final ReusedMatrix pulled;

    /** @param backend of the layer */
    LayerGradient(Backend backend) {
        this.backend = backend;
        own = new GradientShare(backend);
        pulled = new ReusedMatrix(backend);
    }

    GradientShare own() {
        return own;
    }

    /** The share of a logical device other than the layer's; its memory is on that device. */
    GradientShare addForeign(int gpu, Backend consumers) {
        return foreign.computeIfAbsent(gpu, first -> new GradientShare(consumers));
    }

    GradientShare foreign(int gpu) {
        return foreign.get(gpu);
    }

    Collection<GradientShare> foreign() {
        return foreign.values();
    }

    /** Adds the foreign shares to the own one; the first replaces it if no consumer is on the layer's own device. */
    void sum(Pass pass, int rows, int cols) {
        for (GradientShare share : foreign.values()) {
            if (!own.isWritten()) {
                replace(share, pass, rows, cols);
                continue;
            }
            Matrix addend = share.shared() == null ? share.writtenMatrix() : share.shared().pull(pass, backend, pulled::resize);
            if (addend != null) {
                backend.elementwise().apply(ADD, own.matrix(), addend, own.matrix());
            }
        }
    }

    private void replace(GradientShare share, Pass pass, int rows, int cols) {
        if (share.shared() != null) {
            share.shared().pull(pass, backend, own::write);
        } else if (share.isWritten()) {
            backend.elementwise().copy(share.matrix(), own.write(rows, cols));
        }
    }

    void reset() {
        own.reset();
        foreign.values().forEach(GradientShare::reset);
    }

    @Override
    public void close() {
        own.close();
        foreign.values().forEach(GradientShare::close);
        pulled.close();
    }
}
