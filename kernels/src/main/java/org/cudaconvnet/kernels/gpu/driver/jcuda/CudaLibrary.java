package org.cudaconvnet.kernels.gpu.driver.jcuda;

import java.nio.charset.StandardCharsets;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.GpuProperties;

/** The CUDA driver of this machine and the devices that it knows. */
public final class CudaLibrary {
    private static final int NAME_BYTES = 256;
    /** Why there is none; null if there is one. Kept, since a class that failed to load never says why again. */
    private static final String PROBLEM = initialize();

    private CudaLibrary() {
    }

    private static String initialize() {
        try {
            NativeLibraries.load("jcuda.driver.JCudaDriver");
        } catch (DeviceException e) {
            return e.getMessage();
        } catch (LinkageError e) {
            return CudaProblem.ofLoading(String.valueOf(e.getMessage()), NvidiaDriver.version());
        }
        int result = JCudaDriver.cuInit(0);
        int[] version = new int[1];
        return result != CUresult.CUDA_SUCCESS ? CudaProblem.ofStarting(result, NvidiaDriver.version())
                : CudaProblem.ofVersion(JCudaDriver.cuDriverGetVersion(version) == CUresult.CUDA_SUCCESS ? version[0] : 0);
    }

    /**
     * Number of devices, at least 1.
     *
     * @throws DeviceException saying why there is none
     */
    public static int deviceCount() {
        if (PROBLEM != null) {
            throw new DeviceException(PROBLEM);
        }
        int[] count = new int[1];
        check("cuda", JCudaDriver.cuDeviceGetCount(count), "number of devices");
        return count[0];
    }

    /**
     * What device {@code ordinal} is.
     *
     * @throws DeviceException if there is no such device
     */
    public static GpuProperties properties(int ordinal) {
        String name = "cuda:" + ordinal;
        CUdevice device = device(ordinal);
        byte[] model = new byte[NAME_BYTES];
        check(name, JCudaDriver.cuDeviceGetName(model, NAME_BYTES, device), "name");
        long[] memory = new long[1];
        check(name, JCudaDriver.cuDeviceTotalMem(memory, device), "memory size");
        return new GpuProperties(untilZero(model), NvidiaDriver.version(), cudaVersion(name),
                attribute(name, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
                attribute(name, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
                attribute(name, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
                attribute(name, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_CLOCK_RATE),
                memory[0],
                attribute(name, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK),
                attribute(name, device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK));
    }

    /** True if device {@code ordinal} can read the memory of device {@code peer} directly. */
    public static boolean canAccessPeer(int ordinal, int peer) {
        int[] can = new int[1];
        check("cuda:" + ordinal, JCudaDriver.cuDeviceCanAccessPeer(can, device(ordinal), device(peer)), "access to cuda:" + peer);
        return can[0] != 0;
    }

    static CUdevice device(int ordinal) {
        int count = deviceCount();
        if (ordinal >= count) {
            throw new DeviceException("no device \"cuda:" + ordinal + "\": this machine has cuda:0 to cuda:" + (count - 1));
        }
        CUdevice device = new CUdevice();
        check("cuda:" + ordinal, JCudaDriver.cuDeviceGet(device, ordinal), "device");
        return device;
    }

    static void check(String device, int result, String action) {
        if (result != CUresult.CUDA_SUCCESS) {
            throw new GpuException(device, action + ": " + CUresult.stringFor(result));
        }
    }

    private static int attribute(String name, CUdevice device, int attribute) {
        int[] value = new int[1];
        check(name, JCudaDriver.cuDeviceGetAttribute(value, attribute, device), CUdevice_attribute.stringFor(attribute));
        return value[0];
    }

    private static String cudaVersion(String name) {
        int[] version = new int[1];
        check(name, JCudaDriver.cuDriverGetVersion(version), "CUDA version");
        return CudaProblem.versionName(version[0]);
    }

    private static String untilZero(byte[] text) {
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
