package org.cudaconvnet.engine.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convnet devices}. */
@Command(name = "devices", description = "Lists the devices that can compute.", footer = {"", "Example:", "  convnet devices"})
final class DevicesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (String device : List.of("cpu:0")) {
            try (Backend backend = Devices.open(device, Runtime.getRuntime().availableProcessors(), Set.of())) {
                spec.commandLine().getOut().printf("%-10s %s%n", device, backend.description());
            }
        }
        return 0;
    }
}
