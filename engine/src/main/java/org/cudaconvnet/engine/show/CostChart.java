package org.cudaconvnet.engine.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The course of one cost component over the epochs, training in black and test in red, as SVG (spec: shownet.md section 1). */
public final class CostChart {
    private CostChart() {
    }

    /**
     * @param train            one value per training batch
     * @param test             one value per test; each is drawn where its test took place
     * @param testingFreq      training batches per test
     * @param batchesPerEpoch  training batches per epoch
     */
    public static String svg(String title, List<Double> train, List<Double> test, int testingFreq, int batchesPerEpoch) {
        XYChart chart = new XYChartBuilder().width(700).height(360).title(title).xAxisTitle("Epoch").yAxisTitle("").build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line).setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setPlotGridLinesColor(new Color(0xdddddd)).setXAxisMin(0.0).setYAxisMin(0.0).setYAxisDecimalPattern("0.0#");
        // The library puts ticks at multiples of 1, 2, 5, ...; this many pixels apart they fall on whole epochs.
        double epochs = Math.ceil((double) train.size() / batchesPerEpoch);
        chart.getStyler().setXAxisMax(epochs).setXAxisTickMarkSpacingHint((int) Math.max(45, 500 / epochs)).setXAxisDecimalPattern("0");
        addSeries(chart, "Training set", train, 1, batchesPerEpoch, Color.BLACK);
        addSeries(chart, "Test set", test, testingFreq, batchesPerEpoch, Color.RED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        String svg = out.toString(StandardCharsets.UTF_8);
        return svg.substring(svg.indexOf("<svg")); // Without the XML declaration it can stand inside an HTML page.
    }

    private static void addSeries(XYChart chart, String name, List<Double> values, int batchesPerValue, int batchesPerEpoch, Color color) {
        if (values.isEmpty()) {
            return;
        }
        List<Double> epochs = IntStream.rangeClosed(1, values.size()).mapToObj(i -> (double) i * batchesPerValue / batchesPerEpoch).toList();
        XYSeries series = chart.addSeries(name, epochs, values);
        series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(new BasicStroke(1.8f));
    }
}
