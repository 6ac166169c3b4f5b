package org.cudaconvnet.engine.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.PeerCanary;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.Devices;
import org.cudaconvnet.kernels.gpu.driver.jcuda.CudaLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convnet devices}. */
@Command(name = "devices", description = "Lists the devices that can compute, or why there are none of a kind.",
        footer = {"", "Examples:", "  convnet devices", "  convnet devices --canary=cuda:0,cuda:1"})
final class DevicesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--canary", paramLabel = "NAMES", description = "Copy patterns of several sizes between these devices, such as "
            + "cuda:0,cuda:1, in both directions, directly where possible and by way of the host, and compare what arrives.")
    private String canary;

    @Override
    public Integer call() {
        if (canary != null) {
            if (DeviceGroup.names(canary).size() < 2) {
                throw new InputException("--canary=" + canary + ": found one device, expected at least two to copy between");
            }
            try (DeviceGroup devices = DeviceGroup.open(canary, Runtime.getRuntime().availableProcessors(), Set.of())) {
                PeerCanary.check(devices, false).forEach(this::print);
            }
            return 0;
        }
        for (String device : List.of("cpu:0", "emulated:0")) {
            try (Backend backend = Devices.open(device, Runtime.getRuntime().availableProcessors(), Set.of())) {
                print(device, backend.description());
            }
        }
        try {
            int count = CudaLibrary.deviceCount();
            for (int device = 0; device < count; device++) {
                print("cuda:" + device, CudaLibrary.properties(device) + peers(device, count));
            }
        } catch (DeviceException e) {
            print("cuda", "none: " + e.getMessage());
        }
        return 0;
    }

    private void print(PeerCanary.Checked checked) {
        spec.commandLine().getOut().printf("%s to %s, %s: %d copies arrived as sent%n", checked.from(), checked.to(),
                checked.direct() ? "direct" : "staged", checked.copies());
    }

    private void print(String device, String description) {
        spec.commandLine().getOut().printf("%-10s %s%n", device, description);
    }

    private static String peers(int device, int count) {
        String peers = IntStream.range(0, count).filter(peer -> peer != device && CudaLibrary.canAccessPeer(device, peer))
                .mapToObj(peer -> "cuda:" + peer).collect(Collectors.joining(", "));
        return peers.isEmpty() ? "" : ", reads the memory of " + peers;
    }
}
