package org.cudaconvnet.golden.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cudaconvnet.golden.mutation.KernelMutation.Kind;
import org.cudaconvnet.kernels.ptx.PtxModules;

/**
 * The PTX of one kernel, and every way to break it by one instruction: an fma without its product, a missing barrier, another
 * constant. Numbers of barriers, labels, registers and parameters are names and no constants.
 *
 * @param module as the kernel's source is called
 * @param head   what stands before the first kernel of the module
 * @param body   from .entry to the closing brace
 */
public record KernelText(String module, String name, String head, String body) {
    private static final String ENTRY = ".visible .entry ";
    private static final Pattern INSTRUCTION = Pattern.compile("(?m)^\\s*(?:@!?%p\\d+ )?\\s*([a-z][a-z0-9.]*)\\s+([^;\\n]+);");
    private static final Pattern FMA = Pattern.compile("(%f\\d+), [^,]+, [^,]+, ([^,]+)");

    /** The kernels of the modules that hold convolutions, in the order of the PTX. */
    public static List<KernelText> convolutions() {
        return Stream.of("filter_acts", "img_acts", "weight_acts").flatMap(module -> ofModule(module).stream()).toList();
    }

    private static List<KernelText> ofModule(String module) {
        String text = PtxModules.text(module);
        String head = text.substring(0, text.indexOf(ENTRY));
        List<KernelText> kernels = new ArrayList<>();
        for (int start = text.indexOf(ENTRY); start >= 0; start = text.indexOf(ENTRY, start + 1)) {
            String name = text.substring(start + ENTRY.length(), text.indexOf('(', start));
            kernels.add(new KernelText(module, name, head, text.substring(start, text.indexOf("\n}", start) + 3)));
        }
        return kernels;
    }

    /** A module of this kernel alone. */
    public String ptx() {
        return head + body;
    }

    /** All faults of all kinds, in the order of the instructions. */
    public List<KernelMutation> mutations() {
        List<KernelMutation> mutations = new ArrayList<>();
        Matcher instruction = INSTRUCTION.matcher(body);
        while (instruction.find()) {
            String opcode = instruction.group(1);
            if (opcode.startsWith("bar.")) {
                mutations.add(mutation(Kind.BARRIER, instruction, ""));
                continue;
            }
            if (opcode.startsWith("fma.")) {
                Matcher operands = FMA.matcher(instruction.group(2));
                if (operands.matches()) {
                    // The accumulator goes on without the product.
                    mutations.add(mutation(Kind.FMA, instruction, "mov.f32 " + operands.group(1) + ", " + operands.group(2)));
                }
            }
            for (String operands : ChangedConstants.of(opcode, instruction.group(2))) {
                mutations.add(mutation(Kind.CONSTANT, instruction, opcode + " " + operands));
            }
        }
        return mutations;
    }

    /** @param mutated what stands instead of opcode and operands; the guard stays */
    private KernelMutation mutation(Kind kind, Matcher instruction, String mutated) {
        return new KernelMutation(this, kind, instruction.start(1), instruction.end(), mutated.isEmpty() ? "" : mutated + ";");
    }

    @Override
    public String toString() {
        return name;
    }
}
