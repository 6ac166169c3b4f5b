package org.cudaconvnet.engine.cli;

import org.cudaconvnet.engine.InputException;
import picocli.CommandLine.Option;

/** The option of commands that compute on CPU devices. */
public class ThreadsOption {
    @Option(names = "--threads", paramLabel = "N", description = "Threads of a CPU device (default: all processors). Never changes bits.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** @throws InputException if less than one was asked for */
    public int threads() {
        InputException.requireAtLeast(1, threads, "--threads");
        return threads;
    }
}
