package org.cudaconvnet.engine.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cudaconvnet.engine.InputException;

/** The nets that come with the engine: published recipes as definition and parameter files (spec: configs/). */
public final class Nets {
    private static final List<String> NAMES = List.of("cifar-80sec", "cifar-19pct", "cifar-18pct", "cifar-conv-local-13pct",
            "cifar-conv-local-11pct", "alexnet-145", "alexnet-120");
    private static final String LAYERS = "layers.cfg";
    private static final String PARAMS = "params.cfg";

    private Nets() {
    }

    public static List<String> names() {
        return NAMES;
    }

    /** Layer definition of a bundled net. */
    public static ConfigFile layers(String net) {
        return read(net, LAYERS);
    }

    /** Parameter file of a bundled net, as of the first phase of its training. */
    public static ConfigFile params(String net) {
        return read(net, PARAMS);
    }

    /** Text of a bundled net's layer definition. */
    public static String layersText(String net) {
        return text(net, LAYERS);
    }

    /** Text of a bundled net's parameter file. */
    public static String paramsText(String net) {
        return text(net, PARAMS);
    }

    /** Shape of the images that a bundled net was made for, as CHANNELSxHEIGHTxWIDTH before any cropping of 32x32. */
    public static String input(String net) {
        return isImageNet(net) ? "3x224x224" : "3x32x32";
    }

    /** Number of classes that a bundled net was made for. */
    public static int classes(String net) {
        return isImageNet(net) ? 1000 : 10;
    }

    private static boolean isImageNet(String net) {
        return net.startsWith("alexnet");
    }

    private static ConfigFile read(String net, String file) {
        return ConfigFile.parse("nets/" + net + "/" + file, text(net, file));
    }

    private static String text(String net, String file) {
        try (InputStream stream = open(net, file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream open(String net, String file) {
        if (!NAMES.contains(net)) {
            throw new InputException("found net \"" + net + "\", expected one of " + NAMES);
        }
        return Nets.class.getResourceAsStream("/org/cudaconvnet/engine/nets/" + net + "/" + file);
    }
}
