package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens to a file, it parses or gives one line that begins with its name. */
class CorruptedDefinitionsTest {
    private static final int CASES = 1500;
    private static final String CHARACTERS = "=:;,[]%()#-+.0123456789 abexX\n\t\"";
    private static final List<String> VALUES = List.of("-1", "0", "2147483647", "99999999999", "1e400", "nan", "", "%", "labels", "1,2", "-");

    @ParameterizedTest
    @CsvSource({"mixed, 12", "norms, 12", "twotower, 16"})
    void everyCorruptionParsesOrIsReportedInOneLine(String net, int imageSize) throws IOException {
        Path folder = Path.of("..", "golden-outputs", "golden-2012", "engine", net);
        String layers = Files.readString(folder.resolve("layers.cfg"));
        String params = Files.readString(folder.resolve("params.cfg"));
        ParseContext context = ParseContext.withoutWeights(List.of(3 * imageSize * imageSize, 1), 10);
        SplittableRandom random = new SplittableRandom(imageSize);
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            boolean definition = random.nextBoolean();
            String badLayers = definition ? corrupted(layers, random) : layers;
            String badParams = definition ? params : corrupted(params, random);
            try {
                Inspection.of(Definitions.parse(badLayers, badParams, context));
            } catch (InputException reported) {
                refused++;
                assertThat(reported.getMessage()).startsWith(definition ? "" : "params.cfg").matches("(layers|params)\\.cfg(:\\d+)?: .*")
                        .doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(CASES / 4);
    }

    private static String corrupted(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n")));
        int line = random.nextInt(lines.size());
        String old = lines.get(line);
        int at = random.nextInt(old.length() + 1);
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size()), old);
            case 2 -> lines.set(line, old.substring(0, at));
            case 3 -> lines.set(line, old.substring(0, at) + CHARACTERS.charAt(random.nextInt(CHARACTERS.length())) + old.substring(at));
            default -> lines.set(line, old.replaceFirst("=.*", "=" + VALUES.get(random.nextInt(VALUES.size()))));
        }
        return String.join("\n", lines);
    }
}
