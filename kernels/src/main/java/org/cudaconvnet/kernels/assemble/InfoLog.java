package org.cudaconvnet.kernels.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The compiler's log in its verbose form. For each kernel it has the lines "Compiling entry function 'K' for 'A'", "... bytes stack
 * frame, ... bytes spill stores, ... bytes spill loads" and "Used ... registers, ... bytes smem", the latter's last part only if there is
 * shared memory.
 */
final class InfoLog {
    private static final Pattern KERNEL = Pattern.compile("Compiling entry function '([^']+)' for '([^']+)'");
    private static final Pattern STACK = Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SHARED = Pattern.compile("(\\d+)(?:\\+\\d+)? bytes smem");

    private InfoLog() {
    }

    /** @throws AssemblyException if the log does not have the three lines for each kernel */
    static List<KernelResources> parse(String module, String architecture, String log) {
        List<KernelResources> kernels = new ArrayList<>();
        Matcher kernel = KERNEL.matcher(log);
        int end = log.length();
        boolean more = kernel.find();
        while (more) {
            String name = kernel.group(1);
            int from = kernel.end();
            more = kernel.find();
            String lines = log.substring(from, more ? kernel.start() : end);
            Matcher stack = STACK.matcher(lines);
            Matcher registers = REGISTERS.matcher(lines);
            if (!stack.find() || !registers.find()) {
                throw new AssemblyException(module, architecture, "the compiler's log does not state the resources of " + name);
            }
            Matcher shared = SHARED.matcher(lines);
            kernels.add(new KernelResources(module, name, architecture, number(registers, 1), shared.find() ? number(shared, 1) : 0,
                    number(stack, 1), number(stack, 2), number(stack, 3)));
        }
        return kernels;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
