package org.cudaconvnet.engine.devicecheck;

import java.util.List;
import java.util.function.BiFunction;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;
import org.cudaconvnet.engine.parallel.DeviceGroup;

/**
 * Trains the same net on a reference device and on others and compares the bits of all activations and costs after every forward pass,
 * of all gradients after every backward pass, and of weights and increments after every update.
 */
public final class DeviceCheck {
    private static final Compatibility ERA = Compatibility.era("fixed");

    private final CheckedNet checked;
    private final List<LayerDict> layers;
    private final List<HostMatrix> data;

    public DeviceCheck(CheckedNet net) {
        checked = net;
        layers = net.layers();
        data = net.data();
    }

    /**
     * Trains on mini-batches in turn, of which the last one is a partial one.
     *
     * @return the first difference; null if there is none
     * @throws org.cudaconvnet.kernels.DeviceException if a device fails
     * @throws InputException if the net diverges: bits of what is not a number mean nothing
     */
    public Difference run(DeviceGroup reference, DeviceGroup devices, int minibatches) {
        try (Net expected = new Net(layers, reference, ERA, false); Net found = new Net(layers, devices, ERA, false)) {
            int perRound = (checked.cases() + checked.mini() - 1) / checked.mini();
            for (int minibatch = 1; minibatch <= minibatches; minibatch++) {
                int from = (minibatch - 1) % perRound * checked.mini();
                Difference difference = train(expected, found, minibatch, from, Math.min(checked.cases(), from + checked.mini()));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
    }

    private Difference train(Net expected, Net found, int minibatch, int from, int to) {
        int cases = to - from;
        expected.fprop(data, from, to, PassType.TRAIN);
        if (!expected.costs().isFinite()) {
            throw new InputException("%s: a cost is infinite or not a number in mini-batch %d, expected a net that learns".formatted(
                    checked.name(), minibatch));
        }
        found.fprop(data, from, to, PassType.TRAIN);
        Difference difference = compare(expected, found, minibatch, (net, dicts) -> Snapshot.ofForwardPass(net, dicts, cases));
        if (difference == null) {
            expected.bprop(PassType.TRAIN);
            found.bprop(PassType.TRAIN);
            difference = compare(expected, found, minibatch, (net, dicts) -> Snapshot.ofBackwardPass(net, dicts, cases));
        }
        if (difference == null) {
            expected.updateWeights();
            found.updateWeights();
            difference = compare(expected, found, minibatch, Snapshot::ofUpdate);
        }
        return difference;
    }

    private Difference compare(Net expected, Net found, int minibatch, BiFunction<Net, List<LayerDict>, List<Snapshot>> snapshots) {
        List<Snapshot> expectedSnapshots = snapshots.apply(expected, layers);
        List<Snapshot> foundSnapshots = snapshots.apply(found, layers);
        for (int i = 0; i < expectedSnapshots.size(); i++) {
            if (expectedSnapshots.get(i).firstDifference(foundSnapshots.get(i)) >= 0) {
                return Difference.of(minibatch, found.device(expectedSnapshots.get(i).layer()), foundSnapshots.get(i), expectedSnapshots.get(i));
            }
        }
        return null;
    }
}
