package org.cudaconvnet.golden.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.recipe.RecipeRun;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.report.DeviceRun;
import org.junit.jupiter.api.Test;

class QuickstartReportTest {
    private final CaseResult passed = CaseResult.of("kernels", "convFilterActs", "conv-1", List.of(), List.of());
    private final CaseResult failed = CaseResult.of("kernels", "softmax", "softmax-1", List.of(), List.of("found <1>, expected 2"));

    private static Cost cost(double nats, double error) {
        return new Cost(Map.of("logprob", new double[] {nats, error}), 4);
    }

    private static QuickstartReport report(CaseResult... results) {
        RecipeRun.Outcome outcome = new RecipeRun.Outcome(List.of(cost(2.3, 0.9), cost(1, 0.5)), List.of(cost(2, 0.8), cost(1.1, 0.25)),
                cost(1.1, 0.25));
        byte[] grey = new byte[3 * 32 * 32];
        Predictions predictions = new Predictions(List.of("a", "b & c"), List.of(grey, grey, grey, grey), new int[] {0, 1, 1, 0},
                List.of(new float[] {0.9f, 0.1f}, new float[] {0.2f, 0.8f}, new float[] {0.6f, 0.4f}, new float[] {0.7f, 0.3f}));
        TrainedNet trained = new TrainedNet(outcome, HostMatrix.zeros(75, 32, false), predictions, 8, 2);
        return new QuickstartReport("2012-07-25 12:00", Map.of("seed", "1"), "2 epochs", trained,
                new DeviceRun("cpu:0", "a <device>", 2, 1, List.of(results)));
    }

    @Test
    void theVerdictGivesTestErrorAndGoldenCases() {
        assertThat(report(passed, failed).verdict())
                .isEqualTo("Test error 25.00 % after 2 epochs; 1 of 2 golden cases passed, 1 failed, 0 skipped.");
    }

    @Test
    void thePageHasEveryPartAndLoadsNothing() {
        String html = report(passed).html();
        assertThat(html).contains("class=\"verdict good\"").contains("<svg").contains("convFilterActs").contains("a &lt;device&gt;")
                .contains("b &amp; c").doesNotContain("{{");
        assertThat(html.replace("http://www.w3.org", "")).doesNotContain("http://").doesNotContain("https://").doesNotContain("<script");
    }

    @Test
    void aFailedGoldenCaseMakesTheVerdictBadAndIsNamed() {
        assertThat(report(passed, failed).html()).contains("class=\"verdict bad\"").contains("kernels/softmax-1")
                .contains("found &lt;1&gt;, expected 2");
    }

    @Test
    void confusionCountsTrueClassesByMostProbableClass() {
        assertThat(report().trained().predictions().confusion()).isDeepEqualTo(new int[][] {{2, 0}, {1, 1}});
    }
}
