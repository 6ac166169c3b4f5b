package org.cudaconvnet.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.cudaconvnet.engine.InputException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayName("Options")
class ModelOptionsTest {
    @TempDir
    Path folder;

    private static ModelOptions parse(String... arguments) {
        return CommandLine.populateCommand(new ModelOptions(), arguments);
    }

    @Test
    void haveTheNamesAndValuesOfTheOriginal() {
        ModelOptions options = parse("--train-range=1-5", "--test-range", "6", "--test-only=1", "--zip-save", "0", "--mini=64",
                "--conv-to-local=conv1,conv2", "-f", "run");
        assertThat(options.trainBatchRange.numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(options.testBatchRange).hasToString("6-6");
        assertThat(options.testOnly).isTrue();
        assertThat(options.zipSave).isFalse();
        assertThat(options.minibatchSize).isEqualTo(64);
        assertThat(options.convToLocal).containsExactly("conv1", "conv2");
        assertThat(options.loadFile).isEqualTo(Path.of("run"));
        assertThat(options.numEpochs).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--train-range=5-2", "--train-range=a", "--train-range=-1", "--train-range=1-999999999", "--test-only=yes", "--mini=x", "--unknown=1"})
    void complainAboutMalformedValues(String argument) {
        assertThatThrownBy(() -> parse(argument)).isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining(argument.substring(0, argument.indexOf('=')));
    }

    @Test
    void givenOnesReplaceStoredOnesAndDefaultsFillTheRest() {
        ModelOptions stored = parse("--epochs=10", "--mini=32").over(ModelOptions.defaults());
        ModelOptions merged = parse("--epochs=20").resuming(stored);
        assertThat(merged.numEpochs).isEqualTo(20);
        assertThat(merged.minibatchSize).isEqualTo(32);
        assertThat(merged.testingFreq).isEqualTo(50);
        assertThat(stored.numEpochs).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--layer-def=other.cfg", "--crop-border=2"})
    void setOnceCannotBeChangedOnResume(String argument) {
        assertThatThrownBy(() -> parse(argument).resuming(ModelOptions.defaults())).isInstanceOf(InputException.class)
                .hasMessageContaining(argument.substring(0, argument.indexOf('=')));
    }

    @ParameterizedTest
    @CsvSource({"--mini=0,--mini=0", "--test-freq=0,--test-freq=0", "--epochs=-1,--epochs=-1", "--threads=0,--threads=0",
        "--num-gpus=0,--num-gpus", "--transfers=fast,expected peer or staged", "--seed=-1,--seed=-1", "--scalar-mean=NaN,--scalar-mean=NaN", "--multiview-test=1,--logreg-name"})
    void outOfRangeAreNamed(String argument, String expected) throws IOException {
        ModelOptions options = CommandLine.populateCommand(new TinyRun(folder).options(), argument).over(ModelOptions.defaults());
        assertThatThrownBy(options::validate).isInstanceOf(InputException.class).hasMessageContaining(expected);
    }

    @Test
    void thatAreMissingAreListedAtOnce() {
        assertThatThrownBy(() -> parse("--layer-def=a.cfg").over(ModelOptions.defaults()).validate()).isInstanceOf(InputException.class)
                .hasMessage("missing options --layer-params, --data-provider, --data-path, --train-range, --test-range, --save-path");
    }
}
