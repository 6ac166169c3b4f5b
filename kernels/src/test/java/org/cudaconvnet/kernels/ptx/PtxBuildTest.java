package org.cudaconvnet.kernels.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtxBuildTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final String KERNEL = "extern \"C\" __attribute__((global)) void fill(float* a) { *a = VALUE; }\n";

    @TempDir
    private Path folder;

    /** These need the compiler of the manifest: another one may give other PTX. */
    @Nested
    class WithThePinnedCompiler {
        private final PtxCompiler compiler = new PtxCompiler(PtxCompiler.COMMAND);

        @BeforeEach
        void isInstalled() {
            assumeThat(installedVersion()).as("version of " + PtxCompiler.COMMAND).isEqualTo(PtxModules.manifest().compiler());
        }

        private String installedVersion() {
            try {
                return compiler.version();
            } catch (PtxException e) {
                return e.getMessage();
            }
        }

        @Test
        void anotherBuildGivesTheSamePtxAndManifest() {
            PtxBuild build = PtxBuild.of(REPOSITORY.resolve(PtxBuild.SOURCES), compiler);
            assertThat(build.differences(REPOSITORY.resolve(PtxBuild.MODULES))).isEmpty();
        }

        @Test
        void sourcesThatUseMathAlsoGiveA2012Variant() throws IOException {
            Files.writeString(folder.resolve("math.cuh"), "#ifdef MATH_2012\n#define VALUE 1.0f\n#else\n#define VALUE 2.0f\n#endif\n");
            Files.writeString(folder.resolve("elements.cuh"), "#include \"math.cuh\"\n");
            Files.writeString(folder.resolve("norm.cu"), "#include \"elements.cuh\"\n" + KERNEL);
            Files.writeString(folder.resolve("plain.cu"), "#define VALUE 3.0f\n" + KERNEL);
            Path modules = folder.resolve("ptx");
            PtxBuild.of(folder, compiler).write(modules);
            assertThat(modules).isDirectoryContaining("glob:**/norm.ptx").isDirectoryContaining("glob:**/plain.ptx")
                    .isDirectoryNotContaining("glob:**/plain_2012.ptx");
            assertThat(modules.resolve("norm_2012.ptx")).content().isNotEqualTo(Files.readString(modules.resolve("norm.ptx")));
        }

        @Test
        void changedMissingAndSurplusFilesDifferUntilTheyAreWritten() throws IOException {
            Files.writeString(folder.resolve("plain.cu"), "#define VALUE 3.0f\n" + KERNEL);
            Path modules = folder.resolve("ptx");
            PtxBuild build = PtxBuild.of(folder, compiler);
            assertThat(build.differences(modules)).containsExactly("manifest.json", "plain.ptx");
            build.write(modules);
            assertThat(build.differences(modules)).isEmpty();
            Files.writeString(modules.resolve("plain.ptx"), "// changed\n");
            Files.writeString(modules.resolve("old.ptx"), "// from a source that is no more\n");
            assertThat(build.differences(modules)).containsExactly("old.ptx", "plain.ptx");
            build.write(modules);
            assertThat(build.differences(modules)).isEmpty();
            assertThat(modules.resolve("old.ptx")).doesNotExist();
        }

        @Test
        void errorsOfTheCompilerAreShown() throws IOException {
            Files.writeString(folder.resolve("wrong.cu"), "int f() { return undefined; }\n");
            assertThatThrownBy(() -> PtxBuild.of(folder, compiler)).isInstanceOf(PtxException.class)
                    .hasMessageContaining("wrong.cu:1:").hasMessageContaining("undefined");
        }
    }

    @Test
    void aMissingCompilerIsNamed() throws IOException {
        Files.writeString(folder.resolve("plain.cu"), KERNEL);
        assertThatThrownBy(() -> PtxBuild.of(folder, new PtxCompiler("no-such-clang"))).isInstanceOf(PtxException.class)
                .hasMessageStartingWith("no-such-clang: cannot be run");
    }

    @Test
    void aFolderWithoutSourcesIsNamed() {
        assertThatThrownBy(() -> PtxBuild.of(folder, new PtxCompiler("no-such-clang"))).isInstanceOf(PtxException.class)
                .hasMessageContaining(folder.toString()).hasMessageContaining("expected files *.cu");
    }
}
