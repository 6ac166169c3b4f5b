package org.cudaconvnet.golden.quickstart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.show.CostChart;
import org.cudaconvnet.engine.show.FilterPicture;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.report.DeviceRun;
import org.cudaconvnet.golden.report.OperationRow;

/**
 * The report of a quick start as one self-contained HTML page.
 *
 * @param facts    label to text, in the order to show
 * @param schedule the recipe's phases in words
 */
record QuickstartReport(String date, Map<String, String> facts, String schedule, TrainedNet trained, DeviceRun golden) {
    private static final int SAMPLES = 40;
    private static final int BARS = 3;
    private static final String COST = "logprob";

    String html() {
        boolean good = golden.count(CaseResult.Status.FAILED) == 0;
        return new HtmlPage("report.html")
                .putText("date", date)
                .put("verdictClass", good ? "good" : "bad")
                .putText("verdict", verdict())
                .put("facts", rows(facts))
                .putText("schedule", schedule)
                .put("costChart", chart("Negative log-likelihood, nats per image", 0))
                .put("errorChart", chart("Share of wrong images", 1))
                .put("filters", HtmlPage.picture(FilterPicture.draw(trained.filters()), 6, "filters of conv1"))
                .put("samples", IntStream.range(0, SAMPLES).map(i -> i * trained.predictions().cases() / SAMPLES).mapToObj(this::sample)
                        .collect(Collectors.joining("\n")))
                .put("confusion", confusion())
                .putText("device", golden.description())
                .put("golden", OperationRow.of(golden.results()).stream().map(QuickstartReport::goldenRow).collect(Collectors.joining("\n")))
                .put("goldenFailures", notPassed())
                .html();
    }

    /** One sentence: the test error and the golden cases. */
    String verdict() {
        return String.format(Locale.ROOT, "Test error %.2f %% after %d epochs; %d of %d golden cases passed, %d failed, %d skipped.",
                100 * trained.outcome().error(), trained.outcome().tests().size(), golden.count(CaseResult.Status.PASSED), golden.results().size(),
                golden.count(CaseResult.Status.FAILED), golden.count(CaseResult.Status.SKIPPED));
    }

    private static String rows(Map<String, String> facts) {
        return facts.entrySet().stream().map(fact -> "<tr><td>" + HtmlPage.escape(fact.getKey()) + "</td><td>"
                + HtmlPage.escape(fact.getValue()) + "</td></tr>").collect(Collectors.joining("\n"));
    }

    private String chart(String title, int component) {
        int batchesPerEpoch = trained.outcome().train().size() / trained.outcome().tests().size();
        return CostChart.svg(title, component(trained.outcome().train(), component), component(trained.outcome().tests(), component),
                batchesPerEpoch, batchesPerEpoch);
    }

    private static List<Double> component(List<Cost> costs, int component) {
        return costs.stream().map(cost -> cost.sums().get(COST)[component]).toList();
    }

    private String sample(int image) {
        StringBuilder html = new StringBuilder("<div class=\"sample\">");
        String truth = trained.predictions().names().get(trained.predictions().labels()[image]);
        html.append(HtmlPage.picture(trained.predictions().picture(image), 3, truth)).append("<b>").append(HtmlPage.escape(truth));
        html.append(trained.predictions().correct(image) ? "</b>" : " &#10007;</b>");
        for (int label : trained.predictions().ranking(image).stream().limit(BARS).toList()) {
            float prob = trained.predictions().probs().get(image)[label];
            html.append(String.format(Locale.ROOT, "%s %.0f %%<div class=\"bar%s\" style=\"width:%.1f%%\"></div>",
                    HtmlPage.escape(trained.predictions().names().get(label)), 100 * prob,
                    label == trained.predictions().labels()[image] ? " true" : "", 100 * prob));
        }
        return html.append("</div>").toString();
    }

    private String confusion() {
        int[][] counts = trained.predictions().confusion();
        StringBuilder html = new StringBuilder("<tr><th></th>");
        trained.predictions().names().forEach(name -> html.append("<th>").append(HtmlPage.escape(name)).append("</th>"));
        html.append("</tr>");
        for (int truth = 0; truth < counts.length; truth++) {
            int all = Math.max(1, IntStream.of(counts[truth]).sum());
            html.append("\n<tr><th>").append(HtmlPage.escape(trained.predictions().names().get(truth))).append("</th>");
            for (int label = 0; label < counts.length; label++) {
                String color = label == truth ? "42,138,62" : "204,34,34";
                double strength = Math.min(0.8, (label == truth ? 0.6 : 3.0) * counts[truth][label] / all);
                html.append(String.format(Locale.ROOT, "<td style=\"background:rgba(%s,%.2f)\">%d</td>", color, strength, counts[truth][label]));
            }
            html.append("</tr>");
        }
        return html.toString();
    }

    private static String goldenRow(OperationRow row) {
        boolean compared = row.results().stream().anyMatch(result -> !result.arrays().isEmpty());
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("cases", row.results().size());
        cells.put("passed", row.count(CaseResult.Status.PASSED));
        cells.put("failed", row.count(CaseResult.Status.FAILED));
        cells.put("worst", compared ? String.format(Locale.ROOT, "%.4g", row.worstUlp()) : "-");
        String numbers = cells.values().stream().map(cell -> "<td class=\"number\">" + cell + "</td>").collect(Collectors.joining());
        return "<tr><td>%s</td><td>%s</td>%s<td>%s</td></tr>".formatted(HtmlPage.escape(row.set()), HtmlPage.escape(row.operation()), numbers,
                HtmlPage.escape(row.count(CaseResult.Status.SKIPPED) > 0 ? "skipped" : row.tolerance()));
    }

    private String notPassed() {
        return golden.results().stream().filter(result -> result.status() != CaseResult.Status.PASSED)
                .map(result -> "<p><b>" + result.status().name().toLowerCase(Locale.ROOT) + " "
                        + HtmlPage.escape(result.set() + "/" + result.name()) + "</b>: " + HtmlPage.escape(result.message()) + "</p>")
                .collect(Collectors.joining("\n"));
    }
}
