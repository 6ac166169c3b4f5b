package org.cudaconvnet.kernels.gpu.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes of the parameters of every kernel of a module, read from its PTX. A driver reads as many arguments as the kernel has
 * parameters, whether they were given or not, so they are compared before.
 */
public final class KernelParameters {
    private static final Pattern ENTRY = Pattern.compile("\\.entry\\s+([\\w$%]+)\\s*(?:\\(([^)]*)\\))?");
    private static final Pattern SCALAR = Pattern.compile("\\.param\\s+\\.[usbf](8|16|32|64)\\b[^\\[]*");

    private final Map<String, List<Integer>> bytes;

    private KernelParameters(Map<String, List<Integer>> bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if a kernel has a parameter that is not a number or a pointer */
    public static KernelParameters of(String ptx) {
        Map<String, List<Integer>> bytes = new HashMap<>();
        Matcher entries = ENTRY.matcher(ptx);
        while (entries.find()) {
            List<Integer> sizes = new ArrayList<>();
            String list = entries.group(2) == null ? "" : entries.group(2);
            for (String parameter : list.isBlank() ? new String[0] : list.split(",")) {
                Matcher scalar = SCALAR.matcher(parameter.strip());
                if (!scalar.matches()) {
                    throw new IllegalArgumentException("kernel " + entries.group(1) + ": parameter \"" + parameter.strip()
                            + "\", expected a number or a pointer");
                }
                sizes.add(Integer.parseInt(scalar.group(1)) / Byte.SIZE);
            }
            bytes.put(entries.group(1), List.copyOf(sizes));
        }
        return new KernelParameters(bytes);
    }

    /** Names of all kernels in alphabetical order. */
    public SortedSet<String> kernels() {
        return new TreeSet<>(bytes.keySet());
    }

    public boolean hasKernel(String kernel) {
        return bytes.containsKey(kernel);
    }

    /**
     * Compares the arguments of a launch with the parameters.
     *
     * @throws IllegalArgumentException naming the kernel, what was found and what was expected
     */
    public void check(String kernel, Object... arguments) {
        List<Integer> expected = bytes.get(kernel);
        if (arguments.length != expected.size()) {
            throw new IllegalArgumentException("kernel " + kernel + ": " + arguments.length + " arguments, expected " + expected.size());
        }
        for (int i = 0; i < arguments.length; i++) {
            if (sizeOf(arguments[i]) != expected.get(i)) {
                throw new IllegalArgumentException("kernel " + kernel + ": argument " + i + " is " + describe(arguments[i])
                        + ", expected " + expected.get(i) + " bytes");
            }
        }
    }

    /** Bytes of an argument of a launch, 0 for what cannot be one. */
    private static int sizeOf(Object argument) {
        if (argument instanceof Integer || argument instanceof Float) {
            return Integer.BYTES;
        }
        return argument instanceof DevicePointer || argument instanceof Long || argument instanceof Double ? Long.BYTES : 0;
    }

    private static String describe(Object argument) {
        return argument == null ? "null" : argument.getClass().getSimpleName() + " " + argument;
    }
}
