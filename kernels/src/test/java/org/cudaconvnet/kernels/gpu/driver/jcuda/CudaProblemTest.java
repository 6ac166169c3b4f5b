package org.cudaconvnet.kernels.gpu.driver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import jcuda.driver.CUresult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Why there is no CUDA")
class CudaProblemTest {
    /** As JCuda words it: the search in the library path, which never finds one, and the attempt with the unpacked library. */
    private static String message(String second) {
        return "Error while loading native library \"JCudaDriver-12.6.0-linux-x86_64\"\nOperating system name: Linux\n"
                + "Stack trace from the attempt to load the library as a file:\n"
                + "java.lang.UnsatisfiedLinkError: no JCudaDriver-12.6.0-linux-x86_64 in java.library.path: /usr/lib\n\tat Loader\n"
                + "Stack trace from the attempt to load the library as a resource:\n" + second + "\n\tat Loader\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "libcuda.so.1: cannot open shared object file: No such file or directory | unknown | no CUDA driver found "
                + "(libcuda.so.1: cannot open shared object file: No such file or directory)",
        "/opt/libcuda.so.1: file too short | unknown | no CUDA driver found (/opt/libcuda.so.1: file too short)",
        "libcuda.so.1: cannot open | 550.54 | no CUDA driver found (libcuda.so.1: cannot open); NVIDIA's kernel module 550.54 is loaded, "
                + "so this may be a container that was not given its host's driver",
        "librt.so.1: cannot open shared object file | unknown | JCuda's native library cannot be loaded (librt.so.1: cannot open shared object file)",
        "failed to map segment from shared object | 550.54 | JCuda's native library cannot be loaded (failed to map segment from shared object)",
    })
    void isTheReasonOfTheLinker(String reason, String kernelModule, String problem) {
        assertThat(CudaProblem.ofLoading(message("java.lang.UnsatisfiedLinkError: /tmp/x/libJCudaDriver-12.6.0-linux-x86_64.so: " + reason),
                kernelModule)).isEqualTo(problem);
    }

    @Test
    void isASystemForWhichThereIsNoLibrary() {
        assertThat(CudaProblem.ofLoading(message("java.io.IOException: No resource found with name '/lib/libJCudaDriver-12.6.0-linux-risc.so'"),
                "unknown")).isEqualTo("no CUDA on " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    @Test
    void isTheFirstLineOfAnUnknownMessage() {
        assertThat(CudaProblem.ofLoading("something else\nat a place", "unknown"))
                .isEqualTo("JCuda's native library cannot be loaded (something else)");
    }

    @Test
    void isADriverThatDoesNotStart() {
        assertThat(CudaProblem.ofStarting(CUresult.CUDA_ERROR_NO_DEVICE, "550.54")).isEqualTo("no CUDA device found");
        assertThat(CudaProblem.ofStarting(CUresult.CUDA_ERROR_UNKNOWN, "unknown"))
                .isEqualTo("the CUDA driver does not start: CUDA_ERROR_UNKNOWN (NVIDIA's kernel module: unknown)");
        assertThat(CudaProblem.ofStarting(CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, "550.54"))
                .isEqualTo("the CUDA driver does not start: libcuda.so.1 and NVIDIA's kernel module are of different versions "
                        + "(NVIDIA's kernel module: 550.54)");
    }

    @Test
    void isADriverTooOldForThePtxOfTheKernels() {
        assertThat(CudaProblem.ofVersion(8000)).isEqualTo("the CUDA driver is too old: it brings CUDA 8.0, expected 9.0 or later");
        assertThat(CudaProblem.ofVersion(9000)).isNull();
    }
}
