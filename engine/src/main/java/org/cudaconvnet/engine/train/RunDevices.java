package org.cudaconvnet.engine.train;

import java.util.List;
import java.util.Set;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Defect;

/** Opens the devices that the options of a run name. */
final class RunDevices {
    private RunDevices() {
    }

    /**
     * @throws InputException if there are more devices than the layers use
     * @throws org.cudaconvnet.kernels.DeviceException if a device is missing or copies between GPUs deliver other bytes
     */
    static DeviceGroup open(ModelOptions options, List<LayerDict> layers, Set<Defect> defects) {
        int named = DeviceGroup.names(options.device).size();
        int gpus = 1 + layers.stream().mapToInt(layer -> layer.intValue("gpu")).max().orElse(0);
        if (named > gpus) {
            throw new InputException("--device=" + options.device + " names " + named + " devices, but the layers only use " + gpus);
        }
        DeviceGroup devices = DeviceGroup.open(options.device, options.threads, defects, Arithmetic.PORTABLE,
                Transfers.of(options.transfers, options.verifyTransfers));
        try {
            devices.requireGoodCopies();
            return devices;
        } catch (RuntimeException e) {
            devices.close();
            throw e;
        }
    }
}
