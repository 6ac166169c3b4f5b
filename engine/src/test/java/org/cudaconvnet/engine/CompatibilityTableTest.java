package org.cudaconvnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.Compatibility.Era;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.kernels.Defect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of peculiarities")
class CompatibilityTableTest {
    private static final Path TABLE = Path.of("COMPATIBILITY.md");
    private static final int COLUMNS = 7;

    /** Cells by the name of the switch. */
    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (line.matches("\\| `[a-z0-9-]+` \\|.*")) {
                List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
                rows.put(cells.get(1).replace("`", ""), cells.subList(1, cells.size() - 1));
            }
        }
        return rows;
    }

    @Test
    void namesEverySwitchAndNoOther() throws IOException {
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(Arrays.stream(Quirk.values()).map(Quirk::label).toList());
    }

    @Test
    void marksTheErasAndSaysWhatHappensEitherWay() throws IOException {
        Map<String, List<String>> rows = rows();
        for (Quirk quirk : Quirk.values()) {
            List<String> cells = rows.get(quirk.label());
            assertThat(cells).as(quirk.label()).hasSize(COLUMNS);
            for (Era era : Era.values()) {
                assertThat(cells.get(1 + era.ordinal())).as(quirk.label() + " in era " + era.label()).isEqualTo(quirk.isOf(era) ? "x" : "");
            }
            assertThat(cells.subList(4, COLUMNS)).as(quirk.label()).doesNotContain("");
        }
    }

    @Test
    void erasReproduceWhatIsMarked() {
        for (Era era : Era.values()) {
            Compatibility compatibility = Compatibility.era(era.label());
            assertThat(Quirk.values()).allMatch(quirk -> compatibility.reproduces(quirk) == quirk.isOf(era));
        }
        assertThat(Quirk.values()).noneMatch(quirk -> quirk.isOf(Era.FIXED));
    }

    @Test
    void everyKernelDefectHasASwitch() {
        assertThat(Compatibility.era("2012").reproducing(Arrays.stream(Quirk.values()).map(Quirk::label).toList()).kernelDefects())
                .containsExactlyInAnyOrder(Defect.values());
    }

    @Test
    void singleSwitchesAreAddedByName() {
        Compatibility one = Compatibility.era("fixed").reproducing(List.of("last-batch-is-lost"));
        assertThat(Quirk.values()).allMatch(quirk -> one.reproduces(quirk) == (quirk == Quirk.LAST_BATCH_IS_LOST));
        assertThat(one.name()).isEqualTo("fixed and last-batch-is-lost");
        assertThatThrownBy(() -> Compatibility.era("v1").reproducing(List.of("everything"))).isInstanceOf(InputException.class)
                .hasMessageContaining("--reproduce=everything").hasMessageContaining("rate-noise-short-pi");
    }
}
