package org.cudaconvnet.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.parallel.PassHooks;
import org.cudaconvnet.kernels.DeviceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run on two devices")
@Timeout(120)
class TwoDeviceRunTest {
    private static final String DEVICES = "cpu:0,cpu:1";

    @TempDir
    Path folder;
    private TinyRun run;

    @BeforeEach
    void writeConfiguration() throws IOException {
        run = new TinyRun(folder);
        Files.writeString(folder.resolve("net.cfg"), TinyRun.DEFINITION.replace("type=conv\n", "type=conv\ngpu=0\n")
                .replace("type=fc\n", "type=fc\ngpu=1\n").replace("inputs=labels", "gpu=1\ninputs=labels"));
    }

    private ModelOptions options(String devices) {
        ModelOptions options = run.options();
        options.device = devices;
        return options;
    }

    private static int bitsAfter(ModelOptions options) {
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.train(TrainingListener.NONE);
            return TinyRun.bitsOf(convNet);
        }
    }

    @Test
    void hasTheBitsOfARunOnOneDevice() {
        assertThat(bitsAfter(options(DEVICES))).isEqualTo(bitsAfter(options("cpu:0")));
    }

    @Test
    void thatLosesADeviceLeavesACheckpointFromWhichItGoesOnToTheSameBits() throws IOException {
        ModelOptions options = options(DEVICES);
        try (ConvNet convNet = TinyRun.open(options)) {
            convNet.devices().setHooks(failingAtForwardPass(12, "out"));
            assertThatThrownBy(() -> convNet.train(TrainingListener.NONE)).isInstanceOf(DeviceException.class)
                    .hasMessage("cpu:1: layer out, forward pass: lost");
        }
        try (var runs = Files.list(options.savePath)) {
            Path left = runs.findFirst().orElseThrow();
            try (var checkpoints = Files.list(left)) {
                assertThat(checkpoints).extracting(file -> file.getFileName().toString()).containsExactly("1.2");
            }
            assertThat(bitsAfter(TinyRun.resume(left))).isEqualTo(bitsAfter(options(DEVICES)));
        }
    }

    private static PassHooks failingAtForwardPass(int number, String failing) {
        return new PassHooks() {
            private int passes;

            @Override
            public void beforeStep(String device, String pass, String layer) {
                if (device.equals("cpu:1") && pass.equals("forward pass") && layer.equals(failing) && ++passes == number) {
                    throw new DeviceException("lost");
                }
            }
        };
    }

    @Test
    void ofANetForOneDeviceIsRefused() throws IOException {
        ModelOptions options = new TinyRun(folder).options();
        options.device = DEVICES;
        assertThatThrownBy(() -> TinyRun.open(options)).isInstanceOf(InputException.class)
                .hasMessage("--device=cpu:0,cpu:1 names 2 devices, but the layers only use 1");
    }

    @Test
    void thatCannotBeginLeavesNoDeviceOpen() throws IOException {
        Path definition = folder.resolve("net.cfg");
        Files.writeString(definition, Files.readString(definition).replace("[logprob]", "[teacher]\ntype=fc\ninputs=labels\noutputs=1\ninitW=1\n"
                + "gpu=1\n[logprob]").replace("inputs=labels,probs", "inputs=teacher,probs"));
        Path params = folder.resolve("params.cfg");
        Files.writeString(params, Files.readString(params).replace("[logprob]", "[teacher]\nepsW=1\nepsB=1\nmomW=0\nmomB=0\nwc=0\n[logprob]"));
        assertThatThrownBy(() -> TinyRun.open(options(DEVICES))).isInstanceOf(InputException.class)
                .hasMessageStartingWith("layer logprob: its labels, layer teacher, depend on trained weights");
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("device cpu:"));
    }
}
