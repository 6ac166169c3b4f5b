package org.cudaconvnet.golden.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.cudaconvnet.engine.cli.Terminal;
import org.cudaconvnet.golden.CaseResult;

/** Shows how far the check of one set is: a bar on a terminal, else a plain line per tenth. */
final class CheckProgress implements Consumer<CaseResult>, AutoCloseable {
    private final String task;
    private final int total;
    private final PrintWriter err;
    private final ProgressBar bar;
    private int done;
    private int failed;

    CheckProgress(String task, int total, PrintWriter err) {
        this.task = task;
        this.total = total;
        this.err = err;
        bar = !Terminal.isInteractive() ? null
                : new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setStyle(ProgressBarStyle.ASCII).build();
    }

    @Override
    public void accept(CaseResult result) {
        done++;
        failed += result.status() == CaseResult.Status.FAILED ? 1 : 0;
        if (bar != null) {
            bar.step().setExtraMessage(failed == 0 ? "" : failed + " failed");
        } else if (done * 10L / total > (done - 1) * 10L / total) {
            err.printf("%s: %d of %d cases%s%n", task, done, total, failed == 0 ? "" : ", " + failed + " failed");
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
