package org.cudaconvnet.engine.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.cudaconvnet.datasets.convert.Conversion;

/** Shows how far a conversion is, on standard error: a bar on a terminal, else a line at the beginning. */
public final class ConversionProgress implements Conversion.Progress, AutoCloseable {
    private final String task;
    private ProgressBar bar;
    private boolean begun;

    public ConversionProgress(String task) {
        this.task = task;
    }

    @Override
    public void images(int done, int total) {
        if (!begun) {
            begun = true;
            if (Terminal.isInteractive()) {
                bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setStyle(ProgressBarStyle.ASCII)
                        .setUnit(" images", 1).build();
            } else {
                System.err.printf("%s: %d images%n", task, total);
            }
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
