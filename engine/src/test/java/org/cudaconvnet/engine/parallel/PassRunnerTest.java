package org.cudaconvnet.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A pass over two devices")
@Timeout(60)
class PassRunnerTest {
    private final DeviceGroup devices = DeviceGroup.open("cpu:0,cpu:1", 2, Set.of());
    private final PassRunner runner = new PassRunner(devices);
    private final Program program = new Program("forward pass", 2);

    @AfterEach
    void close() {
        devices.close();
    }

    private SharedMatrix shared(String layer, int owner) {
        return new SharedMatrix(layer, Transfer.Kind.ACTIVATIONS, devices.backend(owner), Quantizer.DEFAULT, devices);
    }

    private static SharedMatrix.Target on(Backend backend) {
        return (rows, cols) -> backend.allocate(rows, cols, false);
    }

    @Test
    void runsTheStepsOfEachDeviceInOrderOnItsThread() {
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        for (int step = 0; step < 3; step++) {
            for (int device = 0; device < 2; device++) {
                String name = device + " " + step;
                program.add(device, name, pass -> steps.add(name + " on " + Thread.currentThread().getName()));
            }
        }
        runner.run(program);
        assertThat(steps).filteredOn(step -> step.startsWith("0"))
                .containsExactly("0 0 on device cpu:0", "0 1 on device cpu:0", "0 2 on device cpu:0");
        assertThat(steps).filteredOn(step -> step.startsWith("1"))
                .containsExactly("1 0 on device cpu:1", "1 1 on device cpu:1", "1 2 on device cpu:1");
    }

    @Test
    void pullsWhatTheOwnerHasPublishedInThisPass() {
        Backend owner = devices.backend(0);
        Matrix source = owner.allocate(2, 3, false);
        SharedMatrix shared = shared("a", 0);
        List<float[]> received = new ArrayList<>();
        float[] values = {1, 2, 3, 4, 5, 6};
        program.add(0, "a", pass -> {
            owner.upload(values, source);
            shared.publish(pass, source);
        });
        program.add(1, "a", pass -> {
            float[] copy = new float[6];
            devices.backend(1).download(shared.pull(pass, devices.backend(1), on(devices.backend(1))), copy);
            received.add(copy);
        });
        runner.run(program);
        values[0] = 7;
        runner.run(program);
        assertThat(received.get(0)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(received.get(1)).containsExactly(7, 2, 3, 4, 5, 6);
        assertThat(shared.pass()).isEqualTo(2);
    }

    @Test
    void thatFailsStopsTheDeviceThatWaitsAndNamesDeviceAndLayer() {
        SharedMatrix shared = shared("a", 0);
        List<String> reached = Collections.synchronizedList(new ArrayList<>());
        program.add(0, "a", pass -> {
            throw new DeviceException("the fan stopped");
        });
        program.add(0, "b", pass -> reached.add("b"));
        program.add(1, "a", pass -> shared.pull(pass, devices.backend(1), on(devices.backend(1))));
        program.add(1, "c", pass -> reached.add("c"));
        assertThatThrownBy(() -> runner.run(program)).isInstanceOf(DeviceException.class)
                .hasMessage("cpu:0: layer a, forward pass: the fan stopped");
        assertThat(reached).isEmpty();
        assertThatThrownBy(() -> runner.run(new Program("weight update", 2))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be used any more: cpu:0: layer a");
    }

    /** A device in the middle of a step ends that step first. */
    @Test
    void thatFailsStopsTheDeviceThatIsAtWorkAtItsNextStep() {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        List<String> reached = Collections.synchronizedList(new ArrayList<>());
        program.add(0, "a", pass -> {
            await(working);
            pass.fail(new IllegalStateException("broken"));
            failed.countDown();
        });
        program.add(1, "b", pass -> {
            working.countDown();
            await(failed);
            reached.add("b");
        });
        program.add(1, "c", pass -> reached.add("c"));
        assertThatThrownBy(() -> runner.run(program)).isInstanceOf(IllegalStateException.class).hasMessage("broken");
        assertThat(reached).containsExactly("b");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void inWhichEveryDeviceWaitsForAnotherOneIsReportedAndDoesNotHang() {
        SharedMatrix a = shared("a", 0);
        SharedMatrix b = shared("b", 1);
        program.add(0, "b", pass -> b.pull(pass, devices.backend(0), on(devices.backend(0))));
        program.add(0, "a", pass -> a.publish(pass, null));
        program.add(1, "a", pass -> a.pull(pass, devices.backend(1), on(devices.backend(1))));
        program.add(1, "b", pass -> b.publish(pass, null));
        assertThatThrownBy(() -> runner.run(program)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waits for another one").hasMessageContaining("activations of layer");
    }

    @Test
    void inWhichADeviceWaitsForWhatNobodyPublishesIsReported() {
        SharedMatrix a = shared("a", 0);
        program.add(1, "a", pass -> a.pull(pass, devices.backend(1), on(devices.backend(1))));
        assertThatThrownBy(() -> runner.run(program)).isInstanceOf(IllegalStateException.class).hasMessageContaining("[activations of layer a]");
    }

    @Test
    void keepsTheCauseOfAFailure() {
        OutOfMemoryError full = new OutOfMemoryError("heap");
        program.add(1, "a", pass -> {
            throw full;
        });
        assertThatThrownBy(() -> runner.run(program)).isInstanceOf(IllegalStateException.class).hasCause(full)
                .hasMessageStartingWith("cpu:1: layer a, forward pass: ");
    }

    @Test
    void handsComplaintsAboutInputOnAsTheyAre() {
        program.add(1, "a", pass -> {
            throw new InputException("bad label");
        });
        assertThatThrownBy(() -> runner.run(program)).isInstanceOf(InputException.class).hasMessage("bad label");
    }
}
