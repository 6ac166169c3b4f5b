package org.cudaconvnet.kernels;

import java.util.Set;
import org.cudaconvnet.kernels.cpu.CpuBackend;
import org.cudaconvnet.kernels.gpu.GpuBackend;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.cudaconvnet.kernels.gpu.driver.jcuda.CudaDriver;

/** Opens devices by name: {@code cpu:0}, {@code emulated:0}, {@code cuda:0}. */
public final class Devices {
    private Devices() {
    }

    /**
     * @param threads CPU threads that share the work of one operation; never changes bits
     * @throws DeviceNameException if {@code device} does not have the form of a name
     * @throws DeviceException     if there is no such device
     */
    public static Backend open(String device, int threads, Set<Defect> defects) {
        return open(device, threads, defects, Arithmetic.PORTABLE);
    }

    /** As {@link #open(String, int, Set)} with another arithmetic. */
    public static Backend open(String device, int threads, Set<Defect> defects, Arithmetic arithmetic) {
        String[] parts = device.split(":", 2);
        if (parts.length != 2 || !parts[1].matches("\\d{1,4}")) {
            throw new DeviceNameException("device name \"" + device + "\": expected KIND:NUMBER such as cpu:0");
        }
        int number = Integer.parseInt(parts[1]);
        return switch (parts[0]) {
            case "cpu" -> new CpuBackend(device, threads, defects, arithmetic);
            case "emulated" -> new GpuBackend(EmulatedDriver.open(number, threads), defects, arithmetic);
            case "cuda" -> new GpuBackend(cuda(device, number), defects, arithmetic);
            default -> throw new DeviceException("no device \"" + device + "\": expected cpu:N, emulated:N or cuda:N");
        };
    }

    private static CudaDriver cuda(String device, int number) {
        try {
            return CudaDriver.open(number);
        } catch (DeviceException e) {
            throw new DeviceException("no device \"" + device + "\": " + e.getMessage(), e);
        }
    }
}
