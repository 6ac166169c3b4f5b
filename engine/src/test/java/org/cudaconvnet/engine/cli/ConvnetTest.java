package org.cudaconvnet.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.engine.DivergenceException;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.DeviceNameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ConvnetTest {
    @Command(name = "fail")
    private record Failing(Exception exception) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw exception;
        }
    }

    private final StringWriter err = new StringWriter();

    private int execute(CommandLine commandLine, String... arguments) {
        return commandLine.setErr(new PrintWriter(err)).setOut(new PrintWriter(new StringWriter())).execute(arguments);
    }

    static Stream<Arguments> complaints() {
        return Stream.of(
                Arguments.of(new InputException("net.cfg, line 3: bad"), 2, "net.cfg, line 3: bad"),
                Arguments.of(new DatasetException("a.tar.gz: truncated"), 2, "a.tar.gz: truncated"),
                Arguments.of(new NoSuchFileException("a.cfg"), 2, "a.cfg: no such file"),
                Arguments.of(new FileSystemException("runs", null, "Read-only file system"), 2, "runs: Read-only file system"),
                Arguments.of(new UncheckedIOException(new AccessDeniedException("data")), 2, "data: access denied"),
                Arguments.of(new DeviceNameException("device name \"gpu\""), 2, "device name \"gpu\""),
                Arguments.of(new DivergenceException("a cost is infinite"), 1, "a cost is infinite"),
                Arguments.of(new DeviceException("no device \"cuda:0\""), 3, "no device \"cuda:0\""));
    }

    @ParameterizedTest
    @MethodSource("complaints")
    void badInputAndMissingDevicesGiveOneLineAndTheirExitCode(Exception exception, int exitCode, String line) {
        CommandLine commandLine = Convnet.commandLine().addSubcommand(new Failing(exception));
        assertThat(execute(commandLine, "fail")).isEqualTo(exitCode);
        assertThat(err.toString()).isEqualToIgnoringNewLines(line);
    }

    @Command(name = "fill")
    private record Filling(boolean inAnotherThread) implements Callable<Integer> {
        @Override
        public Integer call() {
            OutOfMemoryError full = new OutOfMemoryError("Java heap space");
            if (inAnotherThread) {
                throw new IllegalStateException(full);
            }
            throw full;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tooLittleMemoryGivesOneLineThatSaysHowToGetMore(boolean inAnotherThread) {
        assertThat(execute(Convnet.commandLine().addSubcommand(new Filling(inAnotherThread)), "fill")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("not enough memory").contains("-Xmx");
    }

    @Test
    void anErrorOfTheProgramShowsItsTraceAndIsNotMistakenForAFailedCheck() {
        CommandLine commandLine = Convnet.commandLine().addSubcommand(new Failing(new IllegalStateException("oops")));
        assertThat(execute(commandLine, "fail")).isEqualTo(70);
        assertThat(err.toString()).contains("oops").contains("ConvnetTest");
    }

    @Test
    void anUnknownOptionIsBadInput() {
        assertThat(execute(Convnet.commandLine(), "--no-such-option")).isEqualTo(2);
    }

    @Test
    void everyCommandExplainsItself() {
        assertThat(commands(Convnet.commandLine())).filteredOn(command -> !command.getCommandName().equals("help"))
                .hasSizeGreaterThan(10)
                .allSatisfy(command -> {
                    assertThat(command.getCommandSpec().findOption("--help")).as(command.getCommandName()).isNotNull();
                    assertThat(command.getCommandSpec().usageMessage().description()).as(command.getCommandName()).isNotEmpty();
                });
    }

    @Test
    void everyCommandThatDoesSomethingShowsAnExampleOfItself() {
        assertThat(commands(Convnet.commandLine())).filteredOn(command -> command.getSubcommands().isEmpty())
                .filteredOn(command -> !command.getCommandName().equals("help")).hasSizeGreaterThan(8)
                .allSatisfy(command -> assertThat(command.getUsageMessage()).containsPattern("Examples?:\\R  "
                        + command.getCommandSpec().qualifiedName()));
    }

    @Test
    void listsOfCommandsShowWholeSentences() {
        assertThat(commands(Convnet.commandLine())).filteredOn(command -> !command.getCommandName().equals("help"))
                .allSatisfy(command -> assertThat(command.getCommandSpec().usageMessage().description()[0]).endsWith("."));
    }

    /** Longer ones would be broken inside words, and could not be copied. */
    @Test
    void examplesFitInTheWidthOfTheHelp() {
        assertThat(commands(Convnet.commandLine())).flatMap(command -> List.of(command.getCommandSpec().usageMessage().footer()))
                .filteredOn(line -> line.startsWith("  ")).hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(CommandLine.Model.UsageMessageSpec.DEFAULT_USAGE_WIDTH));
    }

    private static List<CommandLine> commands(CommandLine commandLine) {
        return Stream.concat(Stream.of(commandLine), commandLine.getSubcommands().values().stream().flatMap(sub -> commands(sub).stream()))
                .toList();
    }

    @Test
    void helpIsGood() {
        assertThat(execute(Convnet.commandLine(), "help")).isZero();
    }
}
