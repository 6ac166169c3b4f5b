package org.cudaconvnet.engine.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.engine.ReportFile;
import org.cudaconvnet.engine.layers.Cost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeResultTest {
    private final Cost last = new Cost(Map.of("logprob", new double[] {0.7712, 0.2634}), 10_000);
    private final RecipeResult result = RecipeResult.of("cifar-80sec", Recipe.named("cifar-80sec"), 10,
            new RecipeRun.Outcome(List.of(), List.of(last), last), 3, "cpu:0", 4, 61.2, Path.of("cifar.tar.gz"), "0493b9c9");

    @Test
    void theTableShowsTheErrorBesideThePublishedOneAndWhatItCameFrom() {
        assertThat(result.table()).containsPattern("test error +26\\.00 % +26\\.34 %").contains("61 s since epoch 4 on cpu:0")
                .contains("cifar.tar.gz, SHA-256 0493b9c9");
    }

    @Test
    void theTableOfAnImageNetNetHasBothErrorsAndSaysWhenTheClassesAreOthers() {
        Cost three = new Cost(Map.of("logprob", new double[] {2.31, 0.9, 0.5}), 40);
        RecipeResult photos = RecipeResult.of("alexnet-145", Recipe.named("alexnet-145"), 10,
                new RecipeRun.Outcome(List.of(), List.of(three), three), 1, "cpu:0,cpu:1", 0, 61.2, Path.of("photos.tar"), "0493b9c9");
        assertThat(photos.table()).containsPattern("test error +40.66 % +90.00 %").containsPattern("top-5 test error +18.21 % +50.00 %")
                .containsPattern("test cost, nats +1.7415 +2.3100").containsPattern("classes +1000 +10")
                .containsPattern("not comparable +the published figures are of 1000 classes, these data have 10");
        assertThat(result.table()).doesNotContain("top-5", "classes", "comparable");
    }

    @Test
    void theJsonHoldsTheSameFigures(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("result.json");
        ReportFile.writeJson(file, result);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.get("error").doubleValue()).isEqualTo(0.2634);
        assertThat(json.get("publishedError").doubleValue()).isEqualTo(0.26);
        assertThat(json.get("seed").intValue()).isEqualTo(3);
        assertThat(json.get("dataDigest").textValue()).isEqualTo("0493b9c9");
    }
}
