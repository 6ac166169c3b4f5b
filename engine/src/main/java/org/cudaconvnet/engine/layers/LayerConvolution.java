package org.cudaconvnet.engine.layers;

import java.util.List;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.ConvGeometry;

/** The convolutions of conv and local layers. */
public final class LayerConvolution {
    private LayerConvolution() {
    }

    /** What the layer does to its input {@code i}. */
    public static ConvGeometry geometry(LayerDict dict, int i) {
        int imgSize = dict.intList("imgSize").get(i);
        int modulesX = dict.intValue("modulesX");
        int[] colorIndices = dict.booleanList("randSparse").get(i)
                ? dict.list("filterConns", List.class).get(i).stream().mapToInt(index -> (Integer) index).toArray() : null;
        return new ConvGeometry(imgSize, imgSize, dict.intList("channels").get(i), dict.intValue("filters"),
                dict.intList("filterSize").get(i), modulesX, modulesX, dict.intList("padding").get(i), dict.intList("stride").get(i),
                dict.intList("filterChannels").get(i), dict.intList("groups").get(i), dict.type().equals("local"), colorIndices);
    }
}
