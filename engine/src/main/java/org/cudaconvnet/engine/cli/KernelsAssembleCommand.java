package org.cudaconvnet.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cudaconvnet.kernels.assemble.KernelResources;
import org.cudaconvnet.kernels.assemble.PtxAssembler;
import org.cudaconvnet.kernels.assemble.ResourceTable;
import org.cudaconvnet.kernels.ptx.PtxModules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convnet kernels assemble}; exit code 1 if a kernel does not compile, spills, or differs from the expected table. */
@Command(name = "assemble",
        description = "Compiles every kernel for every architecture, without a GPU, and lists the registers and shared memory it needs.",
        footer = {"", "Examples:", "  convnet kernels assemble", "  convnet kernels assemble my.ptx", "  convnet kernels assemble --json=resources.json",
            "  convnet kernels assemble > table.txt",
            "  convnet kernels assemble --expected=table.txt"})
final class KernelsAssembleCommand implements Callable<Integer> {
    @Option(names = "--expected", paramLabel = "FILE", description = "A table printed before, which this one has to equal.")
    private Path expected;

    @Parameters(arity = "0..*", paramLabel = "FILE.ptx", description = "Files to compile instead of the PTX of this program.")
    private List<Path> files = List.of();

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ResourceTable table = ResourceTable.of(modules());
        String text = text(table);
        spec.commandLine().getOut().print(text);
        json.write(table);
        boolean asExpected = expected == null || isAsExpected(text.lines().toList());
        spec.commandLine().getOut().flush();
        return table.passes() && asExpected ? 0 : 1;
    }

    /** Text of PTX by module name. */
    private Map<String, String> modules() throws IOException {
        Map<String, String> modules = new TreeMap<>();
        if (files.isEmpty()) {
            PtxModules.manifest().modules().keySet().forEach(name -> modules.put(name, PtxModules.text(name)));
        }
        for (Path file : files) {
            modules.put(file.getFileName().toString().replaceFirst("\\.ptx$", ""), PtxFile.read(file));
        }
        return modules;
    }

    private static String text(ResourceTable table) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println("PTX compiler of CUDA " + table.compiler() + "; registers of each thread, with \"+N\" if N bytes of them spill;"
                + " static shared memory of each block");
        out.printf("%-48s %8s", "kernel", "shared");
        PtxAssembler.ARCHITECTURES.forEach(architecture -> out.printf(" %7s", architecture));
        out.println();
        Map<String, List<KernelResources>> kernels = table.kernels().stream()
                .collect(Collectors.groupingBy(kernel -> kernel.module() + " " + kernel.kernel(), LinkedHashMap::new, Collectors.toList()));
        kernels.forEach((name, resources) -> {
            out.printf("%-48s %8d", name, resources.stream().mapToInt(KernelResources::sharedBytes).max().orElse(0));
            for (String architecture : PtxAssembler.ARCHITECTURES) {
                out.printf(" %7s", resources.stream().filter(each -> each.architecture().equals(architecture)).findFirst()
                        .map(KernelsAssembleCommand::registers).orElse("-"));
            }
            out.println();
        });
        table.errors().forEach(out::println);
        out.printf("%d kernels, %d architectures, %d errors, %d spills%n", kernels.size(), PtxAssembler.ARCHITECTURES.size(),
                table.errors().size(), table.kernels().stream().filter(KernelResources::spills).count());
        return text.toString();
    }

    private static String registers(KernelResources kernel) {
        return kernel.registers() + (kernel.spills() ? "+" + kernel.spillStoreBytes() : "");
    }

    private boolean isAsExpected(List<String> lines) throws IOException {
        List<String> expectedLines = Files.readAllLines(expected);
        PrintWriter out = spec.commandLine().getOut();
        expectedLines.stream().filter(line -> !lines.contains(line)).forEach(line -> out.println("expected: " + line));
        lines.stream().filter(line -> !expectedLines.contains(line)).forEach(line -> out.println("found:    " + line));
        boolean same = lines.equals(expectedLines);
        out.println((same ? "as in " : "differs from ") + expected);
        return same;
    }
}
