package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how many of a known number of things are done, and how many of them came out badly: a bar on a terminal, else a plain line per tenth. */
public final class StepProgress implements AutoCloseable {
    private final String task;
    private final String things;
    private final String badly;
    private final int total;
    private final PrintWriter err;
    private final ProgressBar bar;
    private int done;
    private int bad;

    /**
     * @param things what is counted, such as cases
     * @param badly  what some may do, such as failed
     */
    public StepProgress(String task, String things, String badly, int total, PrintWriter err) {
        this.task = task;
        this.things = things;
        this.badly = badly;
        this.total = total;
        this.err = err;
        bar = !Terminal.isInteractive() ? null
                : new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setStyle(ProgressBarStyle.ASCII).build();
    }

    /** @param isBad true if this one came out badly */
    public void step(boolean isBad) {
        done++;
        bad += isBad ? 1 : 0;
        if (bar != null) {
            bar.step().setExtraMessage(bad == 0 ? "" : bad + " " + badly);
        } else if (done * 10L / total > (done - 1) * 10L / total) {
            err.printf("%s: %d of %d %s%s%n", task, done, total, things, bad == 0 ? "" : ", " + bad + " " + badly);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
