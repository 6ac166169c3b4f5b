package org.cudaconvnet.engine.cli;

/** Whether a person watches. */
public final class Terminal {
    private Terminal() {
    }

    /** True if standard input and output are a terminal, where progress bars make sense. */
    public static boolean isInteractive() {
        // From Java 22 on there is always a console unless this provider is asked for.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }
}
