package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.parallel.Pass;
import org.cudaconvnet.engine.parallel.SharedMatrix;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** The copy of a layer's activations on a device where it has consumers, but does not live itself. */
final class PulledMatrix implements AutoCloseable {
    private final SharedMatrix source;
    private final Backend backend;
    private final ReusedMatrix copy;
    private long pass;

    /** @param backend of the device that pulls */
    PulledMatrix(SharedMatrix source, Backend backend) {
        this.source = source;
        this.backend = backend;
        this.copy = new ReusedMatrix(backend);
        source.addReceiver(backend);
    }

    void pull(Pass current) {
        source.pull(current, backend, copy::resize);
        pass = source.pass();
    }

    /** The copy; refused if it is not that of the source's last pass. */
    Matrix matrix() {
        if (pass != source.pass()) {
            throw new IllegalStateException(source + " are used on " + backend.name() + " without having been copied in this pass");
        }
        return copy.matrix();
    }

    @Override
    public void close() {
        copy.close();
    }
}
