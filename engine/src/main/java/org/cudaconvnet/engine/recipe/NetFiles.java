package org.cudaconvnet.engine.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cudaconvnet.datasets.WholeFile;
import org.cudaconvnet.engine.config.Nets;

/**
 * Puts the definition file of a recipe's net and one parameter file per phase into a folder, just as the original's author edited
 * the parameter file between phases.
 *
 * @param layers text of the definition
 * @param params text of the parameter file of the first phase
 */
record NetFiles(Path folder, String layers, String params) {
    static NetFiles of(Recipe recipe, Path folder) {
        return new NetFiles(folder, Nets.layersText(recipe.net()), Nets.paramsText(recipe.net()));
    }

    /** These files for data with another number of classes: the layer with {@code from} outputs has {@code to} instead. */
    NetFiles withClasses(int from, int to) {
        return new NetFiles(folder, layers.replaceAll("(?m)^outputs=" + from + "$", "outputs=" + to), params);
    }

    Path layerDef() {
        return write("layers.cfg", layers);
    }

    Path layerParams(int index, Recipe.Phase phase) {
        return write("params-phase" + (index + 1) + ".cfg", PhaseParameters.of(phase).edit(params));
    }

    private Path write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
        return file;
    }
}
