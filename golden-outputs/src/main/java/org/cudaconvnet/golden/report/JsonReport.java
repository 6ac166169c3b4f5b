package org.cudaconvnet.golden.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.cudaconvnet.golden.ArrayComparison;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.CaseResult.Status;

/** The whole report for programs: folder, JVM, and per device the counts and every case with its worst ulp. */
public final class JsonReport {
    private JsonReport() {
    }

    public static ObjectNode of(Path folder, List<DeviceRun> runs) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("folder", folder.toString());
        root.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
        root.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        ArrayNode devices = root.putArray("devices");
        for (DeviceRun run : runs) {
            ObjectNode device = devices.addObject();
            device.put("device", run.device()).put("description", run.description()).put("threads", run.threads())
                    .put("seconds", run.seconds());
            ObjectNode counts = device.putObject("counts");
            counts.put("cases", run.results().size());
            for (Status status : Status.values()) {
                counts.put(status.name().toLowerCase(Locale.ROOT), run.count(status));
            }
            ArrayNode cases = device.putArray("cases");
            run.results().forEach(result -> addCase(cases.addObject(), result));
        }
        return root;
    }

    private static void addCase(ObjectNode node, CaseResult result) {
        node.put("set", result.set()).put("operation", result.operation()).put("name", result.name())
                .put("status", result.status().name().toLowerCase(Locale.ROOT));
        if (result.message() != null) {
            node.put("message", result.message());
        }
        ArrayNode arrays = node.putArray("arrays");
        for (ArrayComparison comparison : result.arrays()) {
            ObjectNode array = arrays.addObject().put("array", comparison.array());
            // JSON has no infinity: one of two values that is not finite is written as null.
            if (Double.isFinite(comparison.worstUlp())) {
                array.put("worstUlp", comparison.worstUlp());
            } else {
                array.putNull("worstUlp");
            }
            array.put("foundSha256", comparison.foundSha256());
            array.put("measure", comparison.tolerance().measure().name().toLowerCase(Locale.ROOT))
                    .put("toleranceUlp", comparison.tolerance().ulp()).put("reason", comparison.tolerance().reason());
        }
    }
}
