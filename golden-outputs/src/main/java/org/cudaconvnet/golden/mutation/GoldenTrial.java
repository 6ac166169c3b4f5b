package org.cudaconvnet.golden.mutation;

import java.util.EnumSet;
import java.util.Optional;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.CaseFilter;
import org.cudaconvnet.golden.CaseResult;
import org.cudaconvnet.golden.kernelcases.KernelSet;
import org.cudaconvnet.golden.mutation.MutationResult.Outcome;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.gpu.GpuBackend;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;

/**
 * Tries broken versions of one kernel on its golden cases, which are named after it: convFilterActs_f96_i128 and whatever begins with
 * that and a hyphen. The emulated device has one multiprocessor, for which the launchers choose that kernel.
 */
final class GoldenTrial {
    /** More than any fault costs that leaves the loops of a kernel finite. */
    private static final int LIMIT_FACTOR = 4;

    private final KernelSet set;
    private final CaseFilter cases;
    private final Equivalents equivalents;
    private long instructionLimit = Long.MAX_VALUE;

    /** @throws InputException if the kernel has no golden case or one that fails with the unbroken kernel alone */
    GoldenTrial(KernelSet set, KernelText kernel, Equivalents equivalents) {
        this.set = set;
        this.equivalents = equivalents;
        String name = "conv" + Character.toUpperCase(kernel.name().charAt(0)) + kernel.name().substring(1);
        cases = new CaseFilter("{" + name + "," + name + "-*}");
        if (set.count(cases) == 0) {
            throw new InputException(set.name() + ": no golden case of kernel " + kernel.name() + ", expected " + name);
        }
        EmulatedDriver device = EmulatedDriver.openChecked(0);
        firstFailure(device, kernel.ptx()).ifPresent(failed -> {
            throw new InputException(set.name() + ": " + failed.name() + " fails with kernel " + kernel.name() + " alone: "
                    + failed.message().lines().findFirst().orElseThrow());
        });
        instructionLimit = LIMIT_FACTOR * device.laneInstructions();
    }

    /** On the fast emulator first; the checker is asked only if all values are right. */
    MutationResult of(KernelMutation mutation) {
        Optional<CaseResult> failed = firstFailure(EmulatedDriver.open(0, 1), mutation.ptx())
                .or(() -> firstFailure(EmulatedDriver.openChecked(0), mutation.ptx()));
        if (failed.isPresent()) {
            Outcome outcome = failed.get().arrays().isEmpty() ? Outcome.BY_CHECKER : Outcome.BY_VALUE;
            return new MutationResult(mutation, outcome, failed.get().name());
        }
        String reason = equivalents.reason(mutation);
        return new MutationResult(mutation, reason == null ? Outcome.SURVIVED : Outcome.EQUIVALENT, reason);
    }

    private Optional<CaseResult> firstFailure(EmulatedDriver device, String ptx) {
        device.limitInstructionsPerBlock(instructionLimit);
        try (Backend backend = new GpuBackend(device, EnumSet.allOf(Defect.class), Arithmetic.PORTABLE, module -> ptx)) {
            return set.firstFailure(backend, cases);
        }
    }
}
