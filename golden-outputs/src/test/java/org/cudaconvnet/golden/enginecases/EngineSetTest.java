package org.cudaconvnet.golden.enginecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.Npz;
import org.cudaconvnet.datasets.numpy.NumpyArray;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.CaseResult.Status;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.GoldenSet;
import org.cudaconvnet.golden.GoldenSets;
import org.cudaconvnet.kernels.Arithmetic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a copy of one net. */
@DisplayName("A stored training run")
class EngineSetTest {
    private static final DeviceChoice DEVICE = new DeviceChoice("cpu:0", 1, Arithmetic.ROUNDED_2012);

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("golden-2012", "engine", "mixed"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void aFlippedBitInTheLastWeightsIsFoundAndNamed() {
        change("weights_after_10.npz", "w/fc20/biases", values -> values[3] = Math.nextUp(values[3]));
        assertThat(check("*")).filteredOn(result -> result.status() == Status.FAILED).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo("weights_after_10/w/fc20/biases");
            assertThat(result.message()).contains("[0, 3]: found -0x").contains("1 of 20 elements").contains("1.000 ulp");
        });
    }

    @Test
    void otherInitialWeightsAreFoundFromTheFirstActivationsOn() {
        change("weights_init.npz", "conv1/biases", values -> values[0] += 1);
        List<CaseResult> results = check("acts_batch1/*");
        assertThat(status(results, "acts_batch1/small")).isEqualTo(Status.PASSED);
        assertThat(status(results, "acts_batch1/conv1")).isEqualTo(Status.FAILED);
    }

    @Test
    void labelsThatAreNoClassAreBadInput() {
        change("data.npz", "labels", values -> values[0] = 1000);
        assertThatThrownBy(() -> check("costs_after_00")).isInstanceOf(InputException.class)
                .hasMessageContaining("logprob: label 1000.0 of case 0, expected a class from 0 to 9");
    }

    @Test
    void incompleteSetsAreBadInput() throws IOException {
        Map<String, NumpyArray> acts = new LinkedHashMap<>(Npz.read(folder.resolve("acts_batch1.npz")));
        acts.remove("cases");
        Map<String, NumpyArray> gradients = new LinkedHashMap<>(Npz.read(folder.resolve("actsgrad_batch1.npz")));
        gradients.remove("cases");
        Npz.write(folder.resolve("acts_batch1.npz"), acts);
        Npz.write(folder.resolve("actsgrad_batch1.npz"), gradients);
        assertThatThrownBy(() -> GoldenSets.find(folder)).isInstanceOf(InputException.class).hasMessageContaining("array cases is missing");
        Files.delete(folder.resolve("weights_after_02.npz"));
        assertThatThrownBy(() -> GoldenSets.find(folder)).isInstanceOf(DatasetException.class).hasMessageContaining("weights_after_02.npz");
    }

    @Test
    void initialWeightsOfAnotherShapeAreBadInput() {
        Map<String, NumpyArray> weights = new LinkedHashMap<>(Npz.read(folder.resolve("weights_init.npz")));
        weights.put("fc10/biases", NumpyArray.ofFloats(new float[10], 10, 1));
        Npz.write(folder.resolve("weights_init.npz"), weights);
        assertThatThrownBy(() -> check("*")).isInstanceOf(InputException.class)
                .hasMessageContaining("initial weights fc10/biases are 10 x 1, expected 1 x 10");
    }

    private List<CaseResult> check(String only) {
        List<CaseResult> results = new ArrayList<>();
        GoldenSet set = GoldenSets.find(folder).get(0);
        set.check(DEVICE, new CaseFilter(only), results::add);
        assertThat(results).hasSize(set.count(new CaseFilter(only)));
        return results;
    }

    private static Status status(List<CaseResult> results, String name) {
        return results.stream().filter(result -> result.name().equals(name)).findFirst().orElseThrow().status();
    }

    private interface Change {
        void apply(float[] values);
    }

    private void change(String file, String array, Change change) {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>(Npz.read(folder.resolve(file)));
        float[] values = arrays.get(array).floats().clone();
        change.apply(values);
        arrays.put(array, NumpyArray.ofFloats(values, arrays.get(array).shape()));
        Npz.write(folder.resolve(file), arrays);
    }
}
