package org.cudaconvnet.engine.cli;

/** A picocli command of a module above the engine, found by {@link java.util.ServiceLoader} and added to the command line. */
public interface Subcommand {
}
