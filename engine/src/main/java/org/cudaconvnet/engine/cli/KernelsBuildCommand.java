package org.cudaconvnet.engine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cudaconvnet.kernels.ptx.PtxBuild;
import org.cudaconvnet.kernels.ptx.PtxCompiler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convnet kernels build}. */
@Command(name = "build", description = "Compiles the CUDA sources to the pinned PTX and its manifest, by clang alone.",
        footer = {"", "Examples:", "  convnet kernels build", "  convnet kernels build --check"})
final class KernelsBuildCommand implements Callable<Integer> {
    private static final int GOOD = 0;
    private static final int CHECK_FAILED = 1;

    @Option(names = "--check", description = "Write nothing; fail if the PTX or the manifest in the repository differs.")
    private boolean check;

    @Option(names = "--clang", paramLabel = "COMMAND", defaultValue = PtxCompiler.COMMAND, description = "The compiler (${DEFAULT-VALUE})")
    private String clang;

    @Option(names = "--repository", paramLabel = "DIR", defaultValue = "${sys:convnet.home:-.}",
            description = "The repository whose sources are compiled (${DEFAULT-VALUE})")
    private Path repository;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path folder = repository.resolve(PtxBuild.MODULES);
        PtxBuild build = PtxBuild.of(repository.resolve(PtxBuild.SOURCES), new PtxCompiler(clang));
        List<String> differences = build.differences(folder);
        if (!check) {
            build.write(folder);
        }
        differences.forEach(name -> spec.commandLine().getOut().println((check ? "differs: " : "written: ") + folder.resolve(name)));
        spec.commandLine().getOut().printf("%d modules, %d files %s%n", build.modules().size(), differences.size(),
                check ? "differ" : "changed");
        return check && !differences.isEmpty() ? CHECK_FAILED : GOOD;
    }
}
