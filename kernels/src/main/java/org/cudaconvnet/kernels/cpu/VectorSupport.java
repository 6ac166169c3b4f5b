package org.cudaconvnet.kernels.cpu;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this run may touch classes that use {@code jdk.incubator.vector}; asked before each of them is loaded.
 *
 * <p>Decided once. The module is absent unless the JVM was started with {@code --add-modules jdk.incubator.vector};
 * {@code -Dconvnet.vector=false} turns it off by hand. Without it plain loops compute the same bits, more slowly.
 */
public final class VectorSupport {
    /** System property that turns the vector classes off. */
    public static final String PROPERTY = "convnet.vector";

    private static final Logger LOG = LoggerFactory.getLogger(VectorSupport.class);
    private static final boolean AVAILABLE = decide();

    private VectorSupport() {
    }

    public static boolean available() {
        return AVAILABLE;
    }

    private static boolean decide() {
        if ("false".equals(System.getProperty(PROPERTY))) {
            LOG.info("vector instructions are turned off by -D{}=false: plain Java loops, same bits, slower", PROPERTY);
            return false;
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            LOG.warn("started without --add-modules jdk.incubator.vector: plain Java loops, same bits, slower");
            return false;
        }
        return true;
    }
}
