package org.cudaconvnet.kernels.gpu.driver;

/** An address in the global memory of one device; as a kernel's argument 8 bytes. */
public record DevicePointer(long address) {
    public DevicePointer plusBytes(long bytes) {
        return new DevicePointer(address + bytes);
    }

    /** The address {@code elements} binary32 elements further. */
    public DevicePointer plusFloats(long elements) {
        return plusBytes(elements * Float.BYTES);
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(address);
    }
}
