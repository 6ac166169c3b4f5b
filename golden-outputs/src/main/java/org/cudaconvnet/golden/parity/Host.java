package org.cudaconvnet.golden.parity;

import org.cudaconvnet.kernels.cpu.Processor;
import org.cudaconvnet.kernels.cpu.VectorSupport;

/**
 * The machine and the Java that a device was driven by; nothing that tells whose machine it is.
 *
 * @param processors how many this Java may use
 * @param vector     whether {@code jdk.incubator.vector} was used
 */
public record Host(String system, String processor, int processors, String javaVendor, String javaVersion, String javaMachine,
                   boolean vector) {
    static Host current() {
        return new Host(System.getProperty("os.name") + " " + System.getProperty("os.arch"), Processor.name(),
                Runtime.getRuntime().availableProcessors(), System.getProperty("java.vendor"), Runtime.version().toString(),
                System.getProperty("java.vm.name"), VectorSupport.available());
    }
}
