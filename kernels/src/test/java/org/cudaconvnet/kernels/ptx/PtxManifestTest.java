package org.cudaconvnet.kernels.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PtxManifestTest {
    private static final Path SOURCES = Path.of("..").resolve(PtxBuild.SOURCES);

    @Test
    void sourcesHaveTheDigestsOfTheManifest() {
        assertThat(PtxBuild.sourceDigests(SOURCES)).isNotEmpty().isEqualTo(PtxModules.manifest().sources());
    }

    @Test
    void everyModuleHasItsDigestAndIsForTheOldestTarget() {
        assertThat(PtxModules.manifest().modules().keySet()).contains("filter_acts", "img_acts", "weight_acts")
                .allSatisfy(name -> assertThat(PtxModules.text(name)).contains(".version 6.0\n", ".target sm_50\n", ".visible .entry"));
    }

    @Test
    void modulesDoNotSayWhereTheyWereBuilt() {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        assertThat(PtxModules.manifest().modules().keySet())
                .allSatisfy(name -> assertThat(PtxModules.text(name)).doesNotContain(repository.toString()));
    }

    @Test
    void unknownModulesAreRefused() {
        assertThatThrownBy(() -> PtxModules.text("filter_act")).isInstanceOf(PtxException.class)
                .hasMessageContaining("filter_act: no such PTX module").hasMessageContaining("filter_acts");
    }

    @Test
    void damagedManifestsAreRefused() {
        byte[] json = PtxModules.manifest().json();
        byte[] half = new String(json, StandardCharsets.UTF_8).substring(0, json.length / 2).getBytes(StandardCharsets.UTF_8);
        assertThat(PtxManifest.parse(json)).isEqualTo(PtxModules.manifest());
        assertThatThrownBy(() -> PtxManifest.parse(half)).isInstanceOf(PtxException.class).hasMessageStartingWith("manifest.json: ");
    }
}
