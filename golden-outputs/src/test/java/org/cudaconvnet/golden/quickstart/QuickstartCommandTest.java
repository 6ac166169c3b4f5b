package org.cudaconvnet.golden.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.engine.cli.Convnet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int quickstart(String golden) {
        return Convnet.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute("quickstart", "--out", folder.resolve("out").toString(), "--golden", golden);
    }

    @Test
    @Tag("slow")
    void theNetLearnsTheDrawnSetFarBetterThanALinearClassifierAndTheReportIsWritten() {
        assertThat(quickstart("golden-2012/engine/quick")).isZero();
        Matcher verdict = Pattern.compile("Test error ([0-9.]+) % after 10 epochs").matcher(out.toString());
        assertThat(verdict.find()).isTrue();
        assertThat(Double.parseDouble(verdict.group(1))).as("a linear classifier stays above 80 %").isLessThan(20);
        assertThat(folder.resolve("out/report.html")).isNotEmptyFile();
    }

    @Test
    void missingGoldenSetsAreNoticedBeforeTheTraining() {
        assertThat(quickstart(folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none");
        assertThat(folder.resolve("out/drawn.tar")).doesNotExist();
    }
}
