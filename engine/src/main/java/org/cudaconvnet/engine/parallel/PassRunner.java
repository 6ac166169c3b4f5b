package org.cudaconvnet.engine.parallel;

import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.DeviceException;

/** Runs the programs of one net, one after another. After a failure it runs no more: the state of the devices is then unknown. */
public final class PassRunner {
    private final DeviceGroup devices;
    private long passes;
    private RuntimeException failure;

    public PassRunner(DeviceGroup devices) {
        this.devices = devices;
    }

    /**
     * Runs the steps of all devices and waits for them.
     *
     * @throws DeviceException       if a device failed; names device and layer
     * @throws IllegalStateException if a step failed in another way, or a pass failed before
     */
    public void run(Program program) {
        if (failure != null) {
            throw new IllegalStateException("the net cannot be used any more: " + failure.getMessage(), failure);
        }
        Pass pass = new Pass(++passes, devices.count(), devices.hooks(), devices.schedule());
        if (devices.count() == 1) {
            runSteps(program, 0, pass);
        } else {
            for (int i = 0; i < devices.count(); i++) {
                int device = i;
                devices.thread(device).submit(() -> runSteps(program, device, pass));
            }
        }
        failure = pass.awaitEnd();
        if (failure != null) {
            throw failure;
        }
    }

    private void runSteps(Program program, int device, Pass pass) {
        Backend backend = devices.backend(device);
        String place = "the end";
        try {
            for (Program.Step step : program.steps(device)) {
                pass.requireGood();
                place = "layer " + step.layer();
                pass.takeTurn(device);
                pass.hooks().beforeStep(backend.name(), program.name(), step.layer());
                step.action().run(pass);
            }
            if (devices.count() > 1) {
                // Until here other devices may still read what the next pass overwrites.
                place = "the end";
                backend.synchronize();
            }
        } catch (Pass.Stopped afterFailureElsewhere) {
            // The failure is reported by the device that had it.
            awaitIssuedWork(backend);
        } catch (RuntimeException | Error e) {
            pass.fail(describe(backend.name() + ": " + place + ", " + program.name() + ": ", e));
            awaitIssuedWork(backend);
        } finally {
            pass.ended(device);
        }
    }

    /** After a failure memory is freed from which this device may still be copying. */
    private static void awaitIssuedWork(Backend backend) {
        try {
            backend.synchronize();
        } catch (DeviceException doesNothingMore) {
            // The pass has failed already, and a failed device reads nothing.
        }
    }

    private static RuntimeException describe(String place, Throwable cause) {
        if (cause instanceof InputException input) {
            return input;
        }
        return cause instanceof DeviceException ? new DeviceException(place + cause.getMessage(), cause)
                : new IllegalStateException(place + cause, cause);
    }
}
