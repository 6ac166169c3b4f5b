package org.cudaconvnet.golden.layercases;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.golden.GoldenIndex;

/** Records the cases of {@link LayerPlans}. Equal programs write equal bytes. */
public final class LayerRecord {
    /** Data are multiples of 1 / GRID, so that sums of products round. */
    private static final int GRID = 16384;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LayerRecord() {
    }

    /** Writes index.json and one npz per case into an existing folder. */
    public static void write(String device, Path folder) {
        List<LayerPlan> plans = LayerPlans.all();
        ObjectNode index = JSON.createObjectNode().put("set", LayerSet.KIND).put("era", LayerRun.ERA.name()).put("count", plans.size());
        ArrayNode cases = index.putArray("cases");
        long seed = 1;
        for (LayerPlan plan : plans) {
            LayerCase layerCase = plan.toCase(seed++);
            cases.add(JSON.valueToTree(layerCase));
            Npz.write(folder.resolve(layerCase.file()), arrays(device, plan, layerCase));
        }
        ReportFile.writeJson(folder.resolve(GoldenIndex.FILE_NAME), index);
    }

    private static Map<String, NumpyArray> arrays(String device, LayerPlan plan, LayerCase layerCase) {
        RandomState random = new RandomState(layerCase.randomSeed());
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        for (int k = 0; k < plan.data().size(); k++) {
            arrays.put("data/" + k, data(random, plan.data().get(k)));
        }
        LayerRun run = new LayerRun(layerCase, arrays);
        arrays.putAll(run.initialWeights());
        try (DeviceGroup devices = DeviceGroup.open(device, 1, LayerRun.ERA.kernelDefects())) {
            arrays.putAll(run.train(devices, layerCase.randomSeed()));
        }
        return arrays;
    }

    private static NumpyArray data(RandomState random, LayerPlan.Data data) {
        float[] values = new float[data.rows() * LayerPlan.CASES];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (data.kind()) {
                case SIGNED -> random.randint(-2 * GRID, 2 * GRID) / (float) GRID;
                case FRACTIONS -> random.randint(0, GRID + 1) / (float) GRID;
                case LABELS -> random.randint(LayerPlan.CLASSES);
            };
        }
        return NumpyArray.ofFloats(values, data.rows(), LayerPlan.CASES);
    }
}
