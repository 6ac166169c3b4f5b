package org.cudaconvnet.golden.kernelcases;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's PTX with one fault. The constants that are changed are the offsets of loads and stores in shared memory: every one of
 * them decides which operand an fma takes. Among the other integers are some whose change changes nothing, such as the correction
 * for negative dividends in a division whose dividend is a block index, or a mask whose lowest bit is always zero.
 *
 * @param ptx a module of this kernel alone
 */
record KernelMutation(String kernel, String description, String ptx) {
    private static final Pattern FMA = Pattern.compile("fma\\.rn\\.f32 \\s*(%f\\d+), %f\\d+, %f\\d+, (%f\\d+);");
    private static final Pattern BARRIER = Pattern.compile("bar\\.sync\\s+0;");
    /** Distance of an element of shared memory from a base register. */
    private static final Pattern SHARED_OFFSET = Pattern.compile("((?:ld|st)\\.shared\\.[^\\[]*\\[%rd\\d+\\+)(\\d+)(\\].*)");

    /** Accumulators go on without the product: the fma becomes a move. */
    static List<KernelMutation> withoutOneFma(String module, String kernel) {
        return mutate(module, kernel, FMA, matcher -> "mov.f32 " + matcher.group(1) + ", " + matcher.group(2) + ";");
    }

    static List<KernelMutation> withoutOneBarrier(String module, String kernel) {
        return mutate(module, kernel, BARRIER, matcher -> "");
    }

    /** One access further, so that it stays aligned. */
    static List<KernelMutation> withAnotherSharedOffset(String module, String kernel) {
        return mutate(module, kernel, SHARED_OFFSET,
                matcher -> matcher.group(1) + (Integer.parseInt(matcher.group(2)) + accessBytes(matcher.group())) + matcher.group(3));
    }

    private static int accessBytes(String instruction) {
        int elements = instruction.contains(".v4.") ? 4 : instruction.contains(".v2.") ? 2 : 1;
        return elements * (instruction.matches("(?:ld|st)\\.shared(?:\\.v[24])?\\.[a-z]64 .*") ? Long.BYTES : Integer.BYTES);
    }

    private static List<KernelMutation> mutate(String module, String kernel, Pattern pattern, Function<Matcher, String> replacement) {
        String text = alone(module, kernel);
        List<KernelMutation> mutations = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String mutated = replacement.apply(matcher);
            mutations.add(new KernelMutation(kernel, matcher.group() + " -> " + mutated,
                    text.substring(0, matcher.start()) + mutated + text.substring(matcher.end())));
        }
        return mutations;
    }

    /** The head of the module and this kernel. */
    private static String alone(String module, String kernel) {
        int head = module.indexOf(".visible .entry");
        int start = module.indexOf(".visible .entry " + kernel + "(");
        return module.substring(0, head) + module.substring(start, module.indexOf("\n}", start) + 3);
    }

    @Override
    public String toString() {
        return kernel + ": " + description;
    }
}
