package org.cudaconvnet.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ServiceLoader;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.engine.DivergenceException;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.DeviceNameException;
import org.cudaconvnet.kernels.ptx.PtxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code convnet}: the engine's commands and those of the modules above it. */
@Command(name = "convnet", scope = CommandLine.ScopeType.INHERIT, mixinStandardHelpOptions = true, sortOptions = false,
        version = "cuda-convnet archive 0.1",
        description = "The 2012 cuda-convnet engine, reproduced bit for bit.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:done", " 1:a check failed", " 2:bad input", " 3:no such device, or it failed", "70:an error in this program"},
        subcommands = {TrainCommand.class, TestCommand.class, CheckpointsCommand.class, CheckGradsCommand.class, BenchCommand.class, DevicesCommand.class,
                CheckDevicesCommand.class, InspectCommand.class, DatasetsCommand.class, ReproduceCommand.class, KernelsCommand.class, CommandLine.HelpCommand.class})
public final class Convnet {
    private static final int CHECK_FAILED = 1;
    private static final int BAD_INPUT = 2;
    private static final int NO_DEVICE = 3;
    private static final int PROGRAM_ERROR = 70;

    private Convnet() {
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Convnet());
        ServiceLoader.load(Subcommand.class).forEach(commandLine::addSubcommand);
        // As in the original: a repeated option replaces the earlier one, and options may be abbreviated.
        commandLine.setOverwrittenOptionsAllowed(true).setAbbreviatedOptionsAllowed(true);
        return commandLine.setExecutionStrategy(Convnet::run).setExecutionExceptionHandler(Convnet::failed)
                .setParameterExceptionHandler(Convnet::misused);
    }

    /** picocli hands exceptions on, but not this error. */
    private static int run(CommandLine.ParseResult arguments) {
        try {
            return new CommandLine.RunLast().execute(arguments);
        } catch (OutOfMemoryError full) {
            throw new CommandLine.ExecutionException(arguments.commandSpec().commandLine(), "out of memory", full);
        }
    }

    /** One line that says what is wrong, one that says where the options are listed. */
    private static int misused(CommandLine.ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        command.getErr().println(exception.getMessage().lines().findFirst().orElse("bad arguments"));
        command.getErr().println("Options: " + command.getCommandSpec().qualifiedName() + " --help");
        return BAD_INPUT;
    }

    private static int failed(Exception exception, CommandLine command, CommandLine.ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (exception instanceof InputException || exception instanceof DatasetException || exception instanceof DeviceNameException
                || exception instanceof PtxException) {
            err.println(exception.getMessage());
            return BAD_INPUT;
        }
        if (exception instanceof DeviceException) {
            err.println(exception.getMessage());
            return NO_DEVICE;
        }
        if (exception instanceof DivergenceException) {
            err.println(exception.getMessage());
            return CHECK_FAILED;
        }
        if (isOutOfMemory(exception)) {
            err.printf("not enough memory: found %d MiB for Java, expected more (CONVNET_JAVA_OPTIONS=-Xmx4g) "
                    + "or a smaller net or mini-batch%n", Runtime.getRuntime().maxMemory() >> 20);
            return BAD_INPUT;
        }
        Throwable cause = exception instanceof UncheckedIOException ? exception.getCause() : exception;
        if (cause instanceof IOException problem) {
            err.println(DatasetException.reason(problem));
            return BAD_INPUT;
        }
        exception.printStackTrace(err);
        return PROGRAM_ERROR;
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        return thrown instanceof OutOfMemoryError || thrown.getCause() != null && isOutOfMemory(thrown.getCause());
    }
}
