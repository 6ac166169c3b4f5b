package org.cudaconvnet.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cudaconvnet.datasets.archive.Digest;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.KernelParameters;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.cudaconvnet.kernels.gpu.driver.emulator.KernelFault;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxException;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxModule;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxVariable;
import org.cudaconvnet.kernels.ptx.PtxModules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convnet kernels emulate}; exit code 1 if the kernel does what no kernel may do. */
@Command(name = "emulate",
        description = {"Runs one kernel in the PTX emulator and prints a digest of every buffer that it changed.",
            "An argument is a number, or where the kernel wants a pointer one of:",
            "  random:N        N floats from [-0.5, 0.5), the same in every run",
            "  ints:N          the integers 0 to N-1",
            "  zeros:N         N zeros",
            "  empty:N         N words that nobody has written",
            "  FILE.npy        an array of <f4 or <i4",
            "  FILE.npz:NAME   one of several arrays"},
        footer = {"", "Examples:",
            "  convnet kernels emulate saxpy --ptx=saxpy.ptx --grid=4 --block=256 1000 \\",
            "      2.5 random:1000 random:1000",
            "  convnet kernels emulate saxpy --ptx=saxpy.ptx --grid=4 --block=256 --check \\",
            "      1000 2.5 in.npz:x in.npz:y --out=out.npz",
            "  convnet kernels list   # the kernels of this program"})
final class KernelsEmulateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "KERNEL", description = "A kernel of this program or of --ptx.")
    private String kernel;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "The kernel's arguments in order; -- in front of negative ones.")
    private List<String> texts = List.of();

    @Option(names = "--ptx", paramLabel = "FILE", description = "A module of PTX instead of those of this program.")
    private Path ptx;

    @Option(names = "--grid", paramLabel = "X[xYxZ]", defaultValue = "1", description = "Blocks (${DEFAULT-VALUE}).")
    private String grid;

    @Option(names = "--block", paramLabel = "X[xYxZ]", defaultValue = "128", description = "Threads of a block (${DEFAULT-VALUE}).")
    private String block;

    @Option(names = "--shared", paramLabel = "BYTES", defaultValue = "0", description = "Dynamic shared memory of a block (${DEFAULT-VALUE}).")
    private int sharedBytes;

    @Option(names = "--check", description = "Also find reads of memory that nobody wrote, races in shared memory, threads that part at a barrier.")
    private boolean check;

    @Option(names = "--out", paramLabel = "FILE.npz", description = "Write all buffers after the run, argument0 and on.")
    private Path outputs;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    /** A module's name and text. */
    private record Source(String name, String text) {
    }

    /** A buffer after the run. */
    private record Buffer(String name, String dtype, int elements, boolean changed, String sha256) {
    }

    private record Report(String module, String kernel, String geometry, boolean checked, long laneInstructions, List<Buffer> buffers) {
    }

    @Override
    public Integer call() throws IOException {
        LaunchGeometry geometry = geometry();
        Source source = source();
        try (EmulatedDriver device = check ? EmulatedDriver.openChecked(0) : EmulatedDriver.open(0, threads.threads())) {
            List<KernelArgument> arguments = arguments(source, device);
            device.launch(device.load(source.name, source.text).function(kernel), geometry, device.defaultStream(),
                    arguments.stream().map(KernelArgument::value).toArray());
            Map<String, NumpyArray> after = new LinkedHashMap<>();
            List<Buffer> buffers = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i).isBuffer()) {
                    NumpyArray array = arguments.get(i).download(device);
                    after.put("argument" + i, array);
                    String digest = digest(array);
                    buffers.add(new Buffer("argument" + i, array.dtype(), array.size(), !digest.equals(digest(arguments.get(i).contents())), digest));
                }
            }
            report(new Report(source.name, kernel, geometry.toString(), check, device.laneInstructions(), buffers));
            if (outputs != null) {
                Npz.write(outputs, after);
            }
            return 0;
        } catch (GpuException e) {
            if (e.getCause() instanceof KernelFault fault) {
                spec.commandLine().getErr().println(fault.kind() + ": " + fault.getMessage());
                return 1;
            }
            throw new InputException(e.getMessage(), e);
        } catch (PtxException | IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    private void report(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s of %s, %s%s%n", report.kernel, report.module, report.geometry, check ? ", checked" : "");
        report.buffers.forEach(buffer -> out.printf("%s  %s[%d]  %s%n", buffer.name, buffer.dtype, buffer.elements,
                buffer.changed ? "SHA-256 " + buffer.sha256 : "unchanged"));
        out.printf("%d lane instructions%n", report.laneInstructions);
        out.flush();
        json.write(report);
    }

    /** Of the elements' bits, little endian. */
    private static String digest(NumpyArray array) {
        ByteBuffer bytes = ByteBuffer.allocate(array.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (array.isFloating()) {
            bytes.asFloatBuffer().put(array.floats());
        } else {
            bytes.asIntBuffer().put(array.ints());
        }
        return HexFormat.of().formatHex(Digest.sha256().digest(bytes.array()));
    }

    private LaunchGeometry geometry() {
        int[] blocks = sizes("--grid", grid);
        int[] inBlock = sizes("--block", block);
        try {
            return new LaunchGeometry(blocks[0], blocks[1], blocks[2], inBlock[0], inBlock[1], inBlock[2], sharedBytes);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    private static int[] sizes(String option, String text) {
        if (!text.matches("\\d{1,9}(x\\d{1,9}){0,2}")) {
            throw new InputException(option + "=" + text + ", expected one to three sizes such as 16 or 16x8");
        }
        int[] sizes = {1, 1, 1};
        String[] parts = text.split("x");
        for (int i = 0; i < parts.length; i++) {
            sizes[i] = Integer.parseInt(parts[i]);
        }
        return sizes;
    }

    private Source source() throws IOException {
        if (ptx != null) {
            return new Source(ptx.getFileName().toString(), PtxFile.read(ptx));
        }
        for (String module : PtxModules.manifest().modules().keySet()) {
            String text = PtxModules.text(module);
            if (KernelParameters.of(text).hasKernel(kernel)) {
                return new Source(module, text);
            }
        }
        throw new InputException("kernel " + kernel + ": not in this program, expected one that `convnet kernels list` prints, or --ptx");
    }

    private List<KernelArgument> arguments(Source source, EmulatedDriver device) {
        PtxFunction function = PtxModule.parse(source.name, source.text).functions().get(kernel);
        if (function == null || !function.kernel()) {
            throw new InputException(source.name + ": has no kernel " + kernel + ", expected one of "
                    + KernelParameters.of(source.text).kernels());
        }
        List<PtxVariable> parameters = function.parameters();
        if (texts.size() != parameters.size()) {
            throw new InputException("kernel " + kernel + ": found " + texts.size() + " arguments, expected " + parameters.size() + ": "
                    + parameters.stream().map(parameter -> parameter.type().ptxName()).toList());
        }
        List<KernelArgument> arguments = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            arguments.add(KernelArgument.parse(texts.get(i), i, parameters.get(i).type(), device));
        }
        return arguments;
    }
}
