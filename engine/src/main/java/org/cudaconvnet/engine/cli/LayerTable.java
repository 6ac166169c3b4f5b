package org.cudaconvnet.engine.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.engine.config.Inspection;

/** The layers of a net as a table of text. */
final class LayerTable {
    private static final List<String> COLUMNS = List.of("name", "type", "inputs", "gpu", "geometry", "output", "weights", "biases", "parameters");

    private LayerTable() {
    }

    static void print(Inspection inspection, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
        for (Inspection.Layer layer : inspection.layers()) {
            rows.add(List.of(layer.name(), layer.type(), String.join(",", layer.inputs()),
                    layer.gpu() < 0 ? "" : String.valueOf(layer.gpu()), layer.geometry(), layer.output(),
                    String.join(" + ", layer.weights()), layer.biases(), layer.parameters() == 0 ? "" : String.valueOf(layer.parameters())));
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < COLUMNS.size(); column++) {
                int c = column;
                int width = rows.stream().mapToInt(r -> r.get(c).length()).max().orElse(0);
                line.append(String.format("%-" + Math.max(1, width) + "s  ", row.get(column)));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println("Total parameters: " + inspection.totalParameters());
    }
}
