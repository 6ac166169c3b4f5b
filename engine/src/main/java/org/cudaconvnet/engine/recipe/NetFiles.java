package org.cudaconvnet.engine.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cudaconvnet.datasets.WholeFile;
import org.cudaconvnet.engine.config.Nets;

/**
 * Puts the definition file of a recipe's net and one parameter file per phase into a folder, just as the original's author edited
 * the parameter file between phases. Values are divided as decimal numbers, so that 0.001 / 10 reads 0.0001.
 */
final class NetFiles {
    private final Path folder;
    private final Recipe recipe;

    NetFiles(Path folder, Recipe recipe) {
        this.folder = folder;
        this.recipe = recipe;
    }

    Path layerDef() {
        Nets.copyTo(recipe.net(), folder);
        return folder.resolve("layers.cfg");
    }

    Path layerParams(int phase) {
        Nets.copyTo(recipe.net(), folder);
        Path file = folder.resolve("params-phase" + (phase + 1) + ".cfg");
        try {
            String parameters = Files.readString(folder.resolve("params.cfg"));
            byte[] divided = divided(parameters, recipe.phases().get(phase).divide()).getBytes(StandardCharsets.UTF_8);
            WholeFile.write(file, out -> out.write(divided));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
        return file;
    }

    static String divided(String parameters, Map<String, Integer> divide) {
        String result = parameters;
        for (Map.Entry<String, Integer> entry : divide.entrySet()) {
            Pattern setting = Pattern.compile("(?m)^(" + entry.getKey() + "\\s*=\\s*)(\\S+)");
            BigDecimal divisor = BigDecimal.valueOf(entry.getValue());
            result = setting.matcher(result).replaceAll((MatchResult match) ->
                    match.group(1) + new BigDecimal(match.group(2)).divide(divisor, MathContext.DECIMAL32).toPlainString());
        }
        return result;
    }
}
