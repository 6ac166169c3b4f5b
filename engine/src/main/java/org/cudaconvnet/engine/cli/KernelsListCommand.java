package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.cudaconvnet.kernels.gpu.driver.KernelParameters;
import org.cudaconvnet.kernels.ptx.PtxManifest;
import org.cudaconvnet.kernels.ptx.PtxModules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convnet kernels list}. */
@Command(name = "list", description = "Lists the modules of PTX, their compiler and digests, and the kernels in them.",
        footer = {"", "Example:", "  convnet kernels list"})
final class KernelsListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PtxManifest manifest = PtxModules.manifest();
        PrintWriter out = spec.commandLine().getOut();
        out.println("compiler: " + manifest.compiler());
        out.println("flags: " + String.join(" ", manifest.flags()));
        manifest.modules().forEach((name, module) -> {
            out.println(name + ": SHA-256 " + module.sha256());
            KernelParameters.of(PtxModules.text(name)).kernels().forEach(kernel -> out.println("    " + kernel));
        });
        out.flush();
        return 0;
    }
}
