package org.cudaconvnet.engine.parallel;

import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.HostMemory;
import org.cudaconvnet.kernels.Matrix;

/**
 * A matrix of one device that is formed once in each pass of a kind and that other devices pull: its owner publishes it when it is
 * complete, a receiver waits for that and then copies it on its own thread (spec: two-gpu.md section 3).
 *
 * <p>By way of the host it goes through one piece of the owner's host memory, page-locked for a real GPU: the owner fills it before it
 * publishes, all receivers read it, and it is used again in the next pass. Their reading is over by then, since a pass ends when every
 * device has done all its work.
 */
public final class SharedMatrix implements AutoCloseable {
    /** Gives the memory for a copy. */
    public interface Target {
        Matrix resize(int rows, int cols);
    }

    private final String layer;
    private final Transfer.Kind kind;
    private final Backend owner;
    private final Quantizer quantizer;
    private final Transfers transfers;
    private boolean staged;
    private Matrix matrix;
    private HostMemory host;
    private volatile long pass;

    /**
     * @param owner     whose thread publishes the matrix
     * @param quantizer for copies by way of the host
     */
    public SharedMatrix(String layer, Transfer.Kind kind, Backend owner, Quantizer quantizer, DeviceGroup devices) {
        this.layer = layer;
        this.kind = kind;
        this.owner = owner;
        this.quantizer = quantizer;
        this.transfers = devices.transfers();
    }

    /** Before any pass: says who will pull. */
    public void addReceiver(Backend receiver) {
        staged |= isStaged(receiver);
    }

    private boolean isStaged(Backend receiver) {
        return transfers.staged() || !receiver.canCopyFrom(owner);
    }

    /** @param formed row-major without gaps; null if nothing was formed in this pass */
    public void publish(Pass current, Matrix formed) {
        matrix = formed;
        if (formed != null) {
            owner.synchronize();
            if (staged || transfers.verified()) {
                download(formed);
            }
        }
        pass = current.number();
        current.publish(this);
    }

    /** Number of the pass in which the matrix was published last. */
    public long pass() {
        return pass;
    }

    /** Copies the matrix to {@code receiver}; null if nothing was formed in this pass. */
    public Matrix pull(Pass current, Backend receiver, Target target) {
        current.await(this);
        if (matrix == null) {
            return null;
        }
        Matrix copy = target.resize(matrix.rows(), matrix.cols());
        Transfer transfer = new Transfer(layer, kind, current.number(), owner, matrix, receiver, copy);
        if (transfers.verified()) {
            VerifiedCopy.poison(transfer);
        }
        current.hooks().transfer(transfer, () -> copy(transfer));
        if (transfers.verified()) {
            VerifiedCopy.check(transfer, isStaged(receiver) ? quantizer.unpacked(published()) : published());
        }
        return copy;
    }

    private void copy(Transfer transfer) {
        Backend receiver = transfer.to();
        if (!isStaged(receiver)) {
            receiver.copyFrom(owner, matrix, transfer.target());
        } else if (quantizer == Quantizer.DEFAULT) {
            receiver.upload(host, transfer.target());
        } else {
            receiver.upload(quantizer.unpacked(published()), transfer.target());
        }
    }

    private void download(Matrix formed) {
        if (host == null || host.values().capacity() < formed.size()) {
            close();
            host = owner.allocateHost(Math.toIntExact(formed.size()));
        }
        owner.download(formed, host);
    }

    /** What the owner has published, from host memory. */
    private float[] published() {
        float[] values = new float[Math.toIntExact(matrix.size())];
        host.values().get(0, values);
        return values;
    }

    /** Frees the host memory, between passes. */
    @Override
    public void close() {
        if (host != null) {
            host.close();
            host = null;
        }
    }

    @Override
    public String toString() {
        return kind + " of layer " + layer;
    }
}
