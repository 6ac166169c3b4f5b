package org.cudaconvnet.engine.layers;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;

/**
 * Which random streams the layers of a net draw from (spec: random.md sections 2 and 3).
 *
 * <p>By default every layer that draws has its own, number k of the definition with the seed {@code run seed + k * 2^32}: masks do not
 * depend on where layers are placed. With {@link Quirk#STREAMS_PER_DEVICE} the layers of one logical device draw from one set in the
 * order of their passes, and every device's set has the run's seed.
 */
final class NetRandomness implements AutoCloseable {
    private static final long DEFAULT_SEED = 1;

    private final Map<Layer, LayerStreams> streams = new LinkedHashMap<>();
    private final boolean perDevice;

    NetRandomness(Collection<Layer> layers, Compatibility compatibility) {
        perDevice = compatibility.reproduces(Quirk.STREAMS_PER_DEVICE);
        Map<Integer, LayerStreams> ofDevices = new LinkedHashMap<>();
        for (Layer layer : layers) {
            if (layer instanceof RandomLayer random) {
                LayerStreams own = perDevice ? ofDevices.computeIfAbsent(layer.gpu(), first -> new LayerStreams(layer.backend()))
                        : new LayerStreams(layer.backend());
                random.drawFrom(own);
                streams.put(layer, own);
            }
        }
        seed(DEFAULT_SEED);
    }

    /** @param seed 0 to 2^32 - 1 */
    void seed(long seed) {
        long layerSeed = seed;
        for (LayerStreams own : streams.values()) {
            own.seed(layerSeed);
            layerSeed += perDevice ? 0 : 1L << Integer.SIZE;
        }
    }

    /** Puts the states into the dictionaries of the layers, so that a resumed run goes on with the same bits. */
    void store() {
        streams.forEach((layer, own) -> own.store(layer.dict()));
    }

    /** Goes on from the states in the dictionaries; layers without any keep their seed. */
    void restore() {
        streams.forEach((layer, own) -> own.restore(layer.dict()));
    }

    @Override
    public void close() {
        streams.values().forEach(LayerStreams::close);
    }
}
