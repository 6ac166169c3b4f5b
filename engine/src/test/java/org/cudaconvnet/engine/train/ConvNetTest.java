package org.cudaconvnet.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.DivergenceException;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.layers.Cost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A run")
class ConvNetTest {
    @TempDir
    Path folder;
    private TinyRun run;

    @BeforeEach
    void writeConfiguration() throws IOException {
        run = new TinyRun(folder);
    }

    private int bitsAfter(ModelOptions options) {
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(TrainingListener.NONE);
            return TinyRun.bitsOf(convNet);
        }
    }

    @Test
    void learns() {
        ModelOptions options = run.options();
        options.numEpochs = 8;
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(TrainingListener.NONE);
            List<Cost> outputs = convNet.trainOutputs();
            assertThat(outputs).hasSize(24);
            assertThat(outputs.get(23).sums().get("logprob")[0]).isLessThan(0.5 * outputs.get(0).sums().get("logprob")[0]);
        }
    }

    @Test
    void hasTheSameBitsWithOneThreadAsWithTwo() {
        ModelOptions single = run.options();
        single.threads = 1;
        assertThat(bitsAfter(single)).isEqualTo(bitsAfter(run.options()));
    }

    /** Six batches, tested and saved after every fourth: the run itself has to save the last two. */
    @Test
    void endsWithItsLastEpochTestedAndSaved() {
        assertThat(batchesAndTests(List.of())).containsExactly("1.1", "1.2", "1.3", "2.1", "tested", "2.2", "2.3", "tested");
        assertThat(checkpoint("2.3")).exists();
    }

    @Test
    void thatLosesTheLastBatchTrainsOneMoreAndDoesNotSave() {
        assertThat(batchesAndTests(List.of("last-batch-is-lost")))
                .containsExactly("1.1", "1.2", "1.3", "2.1", "tested", "2.2", "2.3", "3.1");
        assertThat(checkpoint("3.1")).doesNotExist();
    }

    private List<String> batchesAndTests(List<String> reproduced) {
        ModelOptions options = run.options();
        options.testingFreq = 4;
        options.reproduce = reproduced;
        List<String> events = new ArrayList<>();
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(new TrainingListener() {
                @Override
                public void batchDone(int epoch, int batch, Cost perCase, double seconds) {
                    events.add(epoch + "." + batch);
                }

                @Override
                public void tested(int epoch, int batch, Cost perCase, List<Magnitude> magnitudes, Path checkpoint) {
                    events.add("tested");
                }
            });
        }
        return events;
    }

    @Test
    void dependsOnItsSeed() {
        ModelOptions other = run.options();
        other.seed = 2L;
        assertThat(bitsAfter(other)).isNotEqualTo(bitsAfter(run.options()));
    }

    @Test
    void resumedFromEveryCheckpointReachesTheBitsOfAnUninterruptedOne() {
        requireSameBitsFromEveryCheckpoint(run.options());
    }

    /** Of the six mini-batches until the first checkpoint, two are the beginning of a group of four. */
    @Test
    void resumedInTheMiddleOfAGroupOfMinibatchesGoesOnWithItsGradients() throws IOException {
        Files.writeString(run.params(), TinyRun.PARAMS.replace("wc=0.004", "wc=0.004\nschedW=dexp[3,0.5,2]\nschedB=linear[2,1]")
                .replace("wc=0.01", "wc=0.01\nsuperEps=0.01\nschedW=exp[2,0.3]\nwball=0.01"));
        ModelOptions options = run.options();
        options.wupdateFreq = 4;
        requireSameBitsFromEveryCheckpoint(options);
    }

    /** Dropout draws in training, nrelu in tests too. */
    @ParameterizedTest
    @ValueSource(strings = {"fixed", "2012"})
    void withRandomLayersGoesOnWithTheirDraws(String era) throws IOException {
        ModelOptions options = run.options();
        options.era = era;
        Files.writeString(options.layerDef, TinyRun.DEFINITION.replace("neuron=relu", "neuron=nrelu").replace("inputs=pool", "inputs=drop")
                .replace("[out]", "[drop]\ntype=hs\ninputs=pool\nkeep=0.5\n[out]"));
        Files.writeString(run.params(), TinyRun.PARAMS + "[drop]\nenable=1\n");
        requireSameBitsFromEveryCheckpoint(options);
    }

    private static void requireSameBitsFromEveryCheckpoint(ModelOptions options) {
        int expected;
        List<Cost> trainOutputs;
        List<Path> checkpoints = new ArrayList<>();
        try (ConvNet whole = TinyRun.open(options)) {
            whole.train(new TrainingListener() {
                @Override
                public void tested(int epoch, int batch, Cost perCase, List<Magnitude> magnitudes, Path checkpoint) {
                    checkpoints.add(checkpoint);
                }
            });
            expected = TinyRun.bitsOf(whole);
            trainOutputs = whole.trainOutputs();
        }
        assertThat(checkpoints).extracting(path -> path.getFileName().toString()).containsExactly("1.2", "2.1", "2.3");
        for (Path checkpoint : checkpoints) {
            try (ConvNet resumed = TinyRun.open(TinyRun.resume(checkpoint))) {
                resumed.train(TrainingListener.NONE);
                assertThat(TinyRun.bitsOf(resumed)).as("from " + checkpoint).isEqualTo(expected);
                assertThat(resumed.trainOutputs()).hasSameSizeAs(trainOutputs);
                assertThat(resumed.testOutputs()).hasSize(3);
            }
        }
    }

    @Test
    void slowsDownAsItsScheduleSaysByTheEpochsStillToCome() throws IOException {
        Files.writeString(run.params(), TinyRun.PARAMS.replace("wc=", "schedW=linear[10]\nwc="));
        ModelOptions longer = run.options();
        longer.numEpochs = 3;
        int scheduled = bitsAfter(run.options());
        assertThat(firstWeightsAfterTwoBatches(longer)).isNotEqualTo(firstWeightsAfterTwoBatches(run.options()));
        Files.writeString(run.params(), TinyRun.PARAMS);
        assertThat(scheduled).isNotEqualTo(bitsAfter(run.options()));
        assertThat(firstWeightsAfterTwoBatches(longer)).isEqualTo(firstWeightsAfterTwoBatches(run.options()));
    }

    /** Mean magnitudes as of the first test. */
    private static String firstWeightsAfterTwoBatches(ModelOptions options) {
        List<String> found = new ArrayList<>();
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(new TrainingListener() {
                @Override
                public void tested(int epoch, int batch, Cost perCase, List<Magnitude> magnitudes, Path checkpoint) {
                    found.add(magnitudes.toString());
                }
            });
        }
        return found.get(0);
    }

    @Test
    void ofEraV1TrainsOneBatchMoreAndDoesNotSaveIt() {
        ModelOptions options = run.options();
        options.era = "v1";
        options.testingFreq = 3;
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(TrainingListener.NONE);
            assertThat(convNet.trainOutputs()).hasSize(7);
            assertThat(checkpoint("2.3")).exists();
        }
    }

    @Test
    void readsTheParameterFileAgainWhenResumed() throws IOException {
        int expected = bitsAfter(run.options());
        Files.writeString(run.params(), TinyRun.PARAMS.replace("epsW=0.01", "epsW=0.001"));
        assertThat(bitsAfter(TinyRun.resume(checkpoint("1.2")))).isNotEqualTo(expected);
    }

    @Test
    void keepsOnlyTheNewestCheckpointByDefault() {
        ModelOptions options = run.options();
        options.maxFilesizeMb = null;
        bitsAfter(options);
        assertThat(new CheckpointDirectory(checkpoint("2.3").getParent()).checkpoints())
                .extracting(path -> path.getFileName().toString()).containsExactly("2.3");
    }

    @Test
    void isRefusedWhenACheckpointIsTruncatedOrAltered() throws IOException {
        bitsAfter(run.options());
        Path file = checkpoint("2.3");
        byte[] whole = Files.readAllBytes(file);
        assertThat(CheckpointFile.read(file).progress().batchNumber()).isEqualTo(3);
        for (int length : new int[] {0, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(file);
        }
        Files.write(file, whole);
        Checkpoint original = CheckpointFile.read(file);
        for (int position = 0; position < whole.length; position += whole.length / 97) {
            byte[] altered = whole.clone();
            altered[position] ^= 0x10;
            Files.write(file, altered);
            assertRefusedOrUnharmed(file, original, position);
        }
    }

    @Test
    void isRefusedWhenTheStateOfACheckpointIsAlteredOrHasNoDigest() {
        bitsAfter(run.options());
        Path file = checkpoint("2.3");
        Map<String, NumpyArray> arrays = new LinkedHashMap<>(Npz.read(file));
        byte[] state = new String(arrays.get("state.json").bytes(), StandardCharsets.UTF_8).replaceFirst("\"epoch\"\\s*:\\s*2", "\"epoch\":7")
                .getBytes(StandardCharsets.UTF_8);
        arrays.put("state.json", NumpyArray.ofBytes(state, state.length));
        Npz.write(file, arrays);
        assertRefused(file);
        arrays.remove("sha256");
        Npz.write(file, arrays);
        assertRefused(file);
    }

    @Test
    void goesOnWithoutTheDefinitionFileItWasMadeFrom() throws IOException {
        int expected = bitsAfter(run.options());
        Files.delete(run.options().layerDef);
        assertThat(bitsAfter(TinyRun.resume(checkpoint("1.2")))).isEqualTo(expected);
    }

    /** Some bytes of a zip, such as times and padding, carry nothing. */
    private void assertRefusedOrUnharmed(Path file, Checkpoint original, int position) {
        Checkpoint read;
        try {
            read = CheckpointFile.read(file);
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageContaining(file.getFileName().toString());
            assertThat(refused.getClass().getSimpleName()).isIn("InputException", "DatasetException");
            return;
        }
        assertThat(read.layers().get(2).matrixList("weights").get(0).values()).as("byte " + position)
                .isEqualTo(original.layers().get(2).matrixList("weights").get(0).values());
        assertThat(read.progress().random()).isEqualTo(original.progress().random());
    }

    private void assertRefused(Path file) {
        assertThatThrownBy(() -> TinyRun.open(TinyRun.resume(file))).hasMessageContaining(file.getFileName().toString())
                .satisfies(thrown -> assertThat(thrown.getClass().getSimpleName()).isIn("InputException", "DatasetException"));
    }

    @Test
    void refusesToChangeTheDefinitionOfACheckpoint() {
        bitsAfter(run.options());
        ModelOptions options = TinyRun.resume(checkpoint("2.3"));
        options.layerDef = folder.resolve("net.cfg");
        assertThatThrownBy(() -> TinyRun.open(options)).isInstanceOf(InputException.class).hasMessageContaining("--layer-def");
    }

    @ParameterizedTest
    @CsvSource({"0,5,7,NaN,'matrix 0, row 5, case 7: found NaN, expected a finite number'",
        "1,0,3,4,'matrix 1, row 0, case 3: found 4.0, expected a label from 0 to 3'",
        "1,0,0,-1,'matrix 1, row 0, case 0: found -1.0, expected a label from 0 to 3'"})
    void stopsBeforeItTrainsOnABadBatch(int matrix, int row, int column, float value, String message) {
        ProviderSource source = (options, test, random) -> new DrawnData(options.trainBatchRange.numbers(), random) {
            @Override
            protected List<HostMatrix> matrices(int batchNumber) {
                List<HostMatrix> matrices = super.matrices(batchNumber);
                matrices.get(matrix).set(row, column, value);
                return matrices;
            }
        };
        try (ConvNet convNet = new ConvNet(run.options(), source)) {
            int before = TinyRun.bitsOf(convNet);
            assertThatThrownBy(() -> convNet.train(TrainingListener.NONE)).isInstanceOf(InputException.class)
                    .hasMessage("batch 1: " + message);
            assertThat(TinyRun.bitsOf(convNet)).isEqualTo(before);
        }
    }

    @Test
    void stopsWhenItDiverges() throws IOException {
        Files.writeString(run.params(), TinyRun.PARAMS.replace("epsW=0.01", "epsW=1e30"));
        try (ConvNet convNet = TinyRun.open(run.options())) {
            assertThatThrownBy(() -> convNet.train(TrainingListener.NONE)).isInstanceOf(DivergenceException.class);
        }
    }

    @Test
    void testsOneBatchOrTheWholeRange() {
        ModelOptions options = run.options();
        try (ConvNet convNet = TinyRun.open(options)) {
            assertThat(convNet.test(TrainingListener.NONE).cases()).isEqualTo(DrawnData.CASES);
        }
        options.testOne = false;
        try (ConvNet convNet = TinyRun.open(options)) {
            assertThat(convNet.test(TrainingListener.NONE).cases()).isEqualTo(2 * DrawnData.CASES);
        }
    }

    @Test
    void averagesSeveralViews() {
        ModelOptions options = run.options();
        options.multiviewTest = true;
        options.logregName = "logprob";
        try (ConvNet convNet = TinyRun.open(options)) {
            assertThat(convNet.test(TrainingListener.NONE).cases()).isEqualTo(DrawnData.CASES / 2);
        }
    }

    @Test
    void scoresTwoEqualViewsAsOne() {
        ProviderSource twice = (options, test, random) -> new DrawnData(options.testBatchRange.numbers(), random) {
            @Override
            protected List<HostMatrix> matrices(int batchNumber) {
                List<HostMatrix> matrices = super.matrices(batchNumber);
                for (HostMatrix matrix : matrices) {
                    for (int row = 0; row < matrix.rows(); row++) {
                        System.arraycopy(matrix.values(), row * CASES, matrix.values(), row * CASES + CASES / 2, CASES / 2);
                    }
                }
                return matrices;
            }
        };
        ModelOptions options = run.options();
        options.multiviewTest = true;
        options.logregName = "logprob";
        try (ConvNet views = new ConvNet(options, twice); ConvNet single = new ConvNet(run.options(), twice)) {
            double[] averaged = views.test(TrainingListener.NONE).perCase().sums().get("logprob");
            double[] plain = single.test(TrainingListener.NONE).perCase().sums().get("logprob");
            assertThat(averaged[0]).isCloseTo(plain[0], within(1e-6));
            assertThat(averaged[1]).isEqualTo(plain[1]);
        }
    }

    private Path checkpoint(String name) {
        try (var runs = Files.list(folder.resolve("runs"))) {
            return runs.findFirst().orElseThrow().resolve(name);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
