package org.cudaconvnet.kernels.assemble;

import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerCompile;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerCreate;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerDestroy;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetCompiledProgram;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetCompiledProgramSize;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetErrorLog;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetErrorLogSize;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetInfoLog;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetInfoLogSize;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetVersion;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.gpu.driver.jcuda.NativeLibraries;

/** NVIDIA's PTX compiler, which is linked into JCuda's native library and so needs nothing else. */
public final class PtxAssembler {
    /** Architectures that the kernels are compiled for: Maxwell, Pascal, Volta, Turing, Ampere, Ada and Hopper. */
    public static final List<String> ARCHITECTURES =
            List.of("sm_50", "sm_52", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_89", "sm_90");

    private PtxAssembler() {
    }

    /**
     * Version of the CUDA toolkit that the compiler is of, such as {@code 12.0}.
     *
     * @throws DeviceException if the compiler does not run on this machine
     */
    public static String version() {
        int[] major = new int[1];
        int[] minor = new int[1];
        try {
            NativeLibraries.load("jcuda.nvptxcompiler.JNvPTXCompiler");
            check(nvPTXCompilerGetVersion(major, minor));
        } catch (LinkageError e) {
            throw new DeviceException("the PTX compiler does not run on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch"), e);
        }
        return major[0] + "." + minor[0];
    }

    /**
     * Compiles one module.
     *
     * @param module what messages call it
     * @throws AssemblyException if the compiler reports an error
     * @throws DeviceException   if the compiler does not run on this machine
     */
    public static AssembledModule assemble(String module, String ptx, String architecture) {
        version();
        nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
        byte[] text = (ptx + '\0').getBytes(StandardCharsets.UTF_8);
        check(nvPTXCompilerCreate(compiler, text.length, text));
        try {
            String[] options = {"--gpu-name=" + architecture, "--verbose"};
            int result = nvPTXCompilerCompile(compiler, options.length, options);
            if (result != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
                throw new AssemblyException(module, architecture, errors(compiler, result));
            }
            return new AssembledModule(cubin(compiler), InfoLog.parse(module, architecture, log(compiler)));
        } finally {
            nvPTXCompilerDestroy(compiler);
        }
    }

    private static byte[] cubin(nvPTXCompilerHandle compiler) {
        long[] size = new long[1];
        check(nvPTXCompilerGetCompiledProgramSize(compiler, size));
        byte[] cubin = new byte[Math.toIntExact(size[0])];
        check(nvPTXCompilerGetCompiledProgram(compiler, cubin));
        return cubin;
    }

    private static String log(nvPTXCompilerHandle compiler) {
        long[] size = new long[1];
        check(nvPTXCompilerGetInfoLogSize(compiler, size));
        byte[] log = new byte[Math.toIntExact(size[0]) + 1];
        check(nvPTXCompilerGetInfoLog(compiler, log));
        return text(log);
    }

    /** The lines of the error log in one. */
    private static String errors(nvPTXCompilerHandle compiler, int result) {
        long[] size = new long[1];
        check(nvPTXCompilerGetErrorLogSize(compiler, size));
        byte[] log = new byte[Math.toIntExact(size[0]) + 1];
        check(nvPTXCompilerGetErrorLog(compiler, log));
        String lines = text(log).lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("; "));
        return lines.isEmpty() ? nvPTXCompileResult.stringFor(result) : lines;
    }

    /** Logs end with zero bytes. */
    private static String text(byte[] log) {
        return new String(log, StandardCharsets.UTF_8).replace("\0", "");
    }

    private static void check(int result) {
        if (result != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
            throw new IllegalStateException("PTX compiler: " + nvPTXCompileResult.stringFor(result));
        }
    }
}
