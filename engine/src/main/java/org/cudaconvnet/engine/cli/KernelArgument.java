package org.cudaconvnet.engine.cli;

import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.datasets.numpy.Npy;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/**
 * An argument of a kernel, as text on the command line: a number for a number, a buffer for a pointer.
 *
 * @param value    what the launch takes: Integer, Long, Float, Double or {@link DevicePointer}
 * @param contents of a buffer before the launch, of dtype &lt;f4 or &lt;i4; null for a number
 */
record KernelArgument(Object value, NumpyArray contents) {
    /** What a buffer can be, for usage texts. */
    static final String FORMS = "random:N, ints:N, zeros:N, empty:N, FILE.npy or FILE.npz:NAME";
    private static final Pattern BUFFER = Pattern.compile("(random|ints|zeros|empty):(\\d{1,9})");
    private static final Pattern FILE = Pattern.compile("(.+\\.npz):(.+)");
    private static final String NPY = ".npy";
    private static final String FLOATS = "<f4";
    private static final String INTS = "<i4";

    /**
     * Reads an argument and puts a buffer on the device.
     *
     * @param number of the argument from 0, for messages; buffers of random numbers differ by it
     * @param type   of the kernel's parameter; pointers are 64-bit integers there
     */
    static KernelArgument parse(String text, int number, PtxType type, GpuDriver device) {
        try {
            return switch (type) {
                case F32 -> new KernelArgument(Float.valueOf(text), null);
                case F64 -> new KernelArgument(Double.valueOf(text), null);
                case B32, U32, S32 -> new KernelArgument((int) integer(text, Integer.MIN_VALUE, 0xffffffffL), null);
                case B64, U64, S64 -> text.contains(":") || text.endsWith(NPY) ? buffer(text, number, device)
                        : new KernelArgument(integer(text, Long.MIN_VALUE, Long.MAX_VALUE), null);
                default -> throw new InputException("argument " + number + ": the kernel wants a " + type.ptxName()
                        + ", which no launch of this program can give");
            };
        } catch (NumberFormatException e) {
            throw new InputException("argument " + number + ": found \"" + text + "\", expected a number of type " + type.ptxName()
                    + (type.bits() == Long.SIZE && !type.isFloat() ? " or a buffer: " + FORMS : ""), e);
        }
    }

    private static long integer(String text, long lowest, long highest) {
        long value = Long.decode(text);
        if (value < lowest || value > highest) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static KernelArgument buffer(String text, int number, GpuDriver device) {
        Matcher pattern = BUFFER.matcher(text);
        if (pattern.matches()) {
            int length = Integer.parseInt(pattern.group(2));
            InputException.requireAtLeast(1, length, "argument " + number + ": length of a buffer");
            DevicePointer pointer = device.allocate((long) length * Float.BYTES);
            if (pattern.group(1).equals("empty")) {
                KernelArgument zeros = new KernelArgument(pointer, NumpyArray.ofFloats(new float[length], length));
                return new KernelArgument(pointer, zeros.download(device));
            }
            return upload(pattern(pattern.group(1), length, number), pointer, device);
        }
        NumpyArray array = read(text, number);
        if (array == null || array.size() == 0 || !array.dtype().equals(FLOATS) && !array.dtype().equals(INTS)) {
            throw new InputException(text + ": array is " + (array == null ? "not there" : array) + ", expected elements of " + FLOATS
                    + " or " + INTS);
        }
        return upload(array, device.allocate((long) array.size() * Float.BYTES), device);
    }

    /** The array of a file, or null if the file has none of that name. */
    private static NumpyArray read(String text, int number) {
        if (text.endsWith(NPY)) {
            return Npy.read(Path.of(text));
        }
        Matcher file = FILE.matcher(text);
        if (!file.matches()) {
            throw new InputException("argument " + number + ": found \"" + text + "\", expected a buffer: " + FORMS);
        }
        return Npz.read(Path.of(file.group(1))).get(file.group(2));
    }

    private static NumpyArray pattern(String name, int length, int seed) {
        float[] floats = new float[length];
        int[] ints = new int[length];
        Random random = new Random(seed);
        for (int i = 0; i < length; i++) {
            floats[i] = name.equals("random") ? random.nextFloat() - 0.5f : 0;
            ints[i] = i;
        }
        return name.equals("ints") ? NumpyArray.ofInts(ints, length) : NumpyArray.ofFloats(floats, length);
    }

    private static KernelArgument upload(NumpyArray array, DevicePointer pointer, GpuDriver device) {
        if (array.dtype().equals(FLOATS)) {
            device.upload(array.floats(), 0, pointer, array.size());
        } else {
            device.upload(array.ints(), 0, pointer, array.size());
        }
        return new KernelArgument(pointer, array);
    }

    boolean isBuffer() {
        return contents != null;
    }

    /** What the buffer holds now: same element type and shape. */
    NumpyArray download(GpuDriver device) {
        if (contents.dtype().equals(FLOATS)) {
            float[] floats = new float[contents.size()];
            device.download((DevicePointer) value, floats, 0, floats.length);
            return NumpyArray.ofFloats(floats, contents.shape());
        }
        int[] ints = new int[contents.size()];
        device.download((DevicePointer) value, ints, 0, ints.length);
        return NumpyArray.ofInts(ints, contents.shape());
    }
}
