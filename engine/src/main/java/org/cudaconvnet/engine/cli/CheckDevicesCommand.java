package org.cudaconvnet.engine.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.ConfigFile;
import org.cudaconvnet.engine.config.Nets;
import org.cudaconvnet.engine.devicecheck.CheckedNet;
import org.cudaconvnet.engine.devicecheck.DeviceCheck;
import org.cudaconvnet.engine.devicecheck.Difference;
import org.cudaconvnet.engine.devicecheck.Fault;
import org.cudaconvnet.engine.devicecheck.FaultCheck;
import org.cudaconvnet.engine.devicecheck.RandomNet;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.RandomSchedule;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.DeviceException;
import org.cudaconvnet.kernels.gpu.driver.jcuda.CudaLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convnet check-devices}. */
@Command(name = "check-devices",
        description = {"Compares what nets compute on one device and on several, bit by bit.",
            "All activations, gradients and weights are compared after every mini-batch; the first difference is reported with layer and",
            "device. With --inject, faults are injected instead, and every one must be found."},
        footer = {"", "Examples:", "  convnet check-devices", "  convnet check-devices --device=cuda:0,cuda:1 --random=100",
            "  convnet check-devices --device=cpu:0,cpu:1 --schedules=50 --random=20",
            "  convnet check-devices --device=cpu:0,cpu:1 --inject=all alexnet-small",
            "  convnet check-devices net.cfg --layer-params=params.cfg --input=3x31x31,1"})
final class CheckDevicesCommand implements Callable<Integer> {
    private static final int DEFAULT_RANDOM = 20;
    /** The steps of two mini-batches in another order are as good as those of ten. */
    private static final int SCHEDULED_MINIBATCHES = 2;

    @Parameters(arity = "0..1", paramLabel = "NET", description = {
        "alexnet-small (the layers of alexnet-145 on small images), a bundled net or a definition file (default: alexnet-small and 20",
        "random nets)"})
    private String definition;

    @Option(names = "--layer-params", paramLabel = "FILE", description = "Layer parameter file, for a definition file")
    private Path layerParams;

    @Option(names = "--input", split = ",", paramLabel = "CxHxW", defaultValue = "3x32x32,1",
            description = "Dimensions of the data matrices of a definition file (${DEFAULT-VALUE})")
    private List<String> input;

    @Option(names = "--classes", paramLabel = "N", defaultValue = "10", description = "Number of classes of a definition file (${DEFAULT-VALUE})")
    private int classes;

    @Option(names = "--mini", paramLabel = "N", defaultValue = "8", description = "Mini-batch size of a bundled net or a definition file (${DEFAULT-VALUE})")
    private int mini;

    @Option(names = "--random", paramLabel = "N", description = "Check N random nets of two to four columns")
    private Integer randomNets;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Number of the first random net (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--device", paramLabel = "NAMES", description = {
        "Devices such as cuda:0,cuda:1; may be repeated (default: cpu:0,cpu:1, emulated:0,emulated:1 and the GPUs if there are any)"})
    private List<String> devices;

    @Option(names = "--reference", paramLabel = "NAME", defaultValue = "cpu:0", description = "The single device (${DEFAULT-VALUE})")
    private String reference;

    @Option(names = "--transfers", paramLabel = "WAY", defaultValue = "peer", description = "As of train: peer or staged (${DEFAULT-VALUE})")
    private String transfers;

    @Option(names = "--verify-transfers", description = "Compare every copy as well")
    private boolean verify;

    @Option(names = "--minibatches", paramLabel = "N", defaultValue = "10", description = "Mini-batches to train (${DEFAULT-VALUE})")
    private int minibatches;

    @Option(names = "--schedules", paramLabel = "N", description = {
        "Instead of the devices' own timing: N runs of two mini-batches in which a seeded scheduler draws which device does its next step"})
    private Integer schedules;

    @Option(names = "--inject", paramLabel = "FAULT", description = {
        "all, or one of dropped, stale, swapped, bit-flip (in a copy) and failure (of a device): inject it at every place in turn"})
    private String inject;

    @Option(names = "--at", paramLabel = "LAYER", description = "Inject faults only into copies or steps of this layer")
    private String at;

    @Option(names = "--write", paramLabel = "DIR", description = "Also write definitions and parameters of the random nets to DIR")
    private Path write;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    private final List<Map<String, Object>> results = new ArrayList<>();

    @Override
    public Integer call() {
        InputException.requireAtLeast(1, minibatches, "--minibatches");
        InputException.requireAtLeast(2, mini, "--mini");
        List<CheckedNet> nets = nets();
        boolean good = true;
        if (devices != null && devices.contains(reference)) {
            throw new InputException("--device=" + reference + " is the reference, expected other devices or another --reference");
        }
        for (String names : devices == null ? present() : devices) {
            good &= inject == null ? check(nets, names) : inject(nets, names);
        }
        json.write(Map.of("reference", reference, "good", good, "results", results));
        return good ? 0 : 1;
    }

    private static List<String> present() {
        List<String> names = new ArrayList<>(List.of("cpu:0,cpu:1", "emulated:0,emulated:1"));
        try {
            names.add(CudaLibrary.deviceCount() > 1 ? "cuda:0,cuda:1" : "cuda:0");
        } catch (DeviceException noGpu) {
            // The other devices are always there.
        }
        return names;
    }

    private List<CheckedNet> nets() {
        List<CheckedNet> nets = new ArrayList<>();
        if (definition != null) {
            nets.add(named());
        } else if (randomNets == null) {
            nets.add(CheckedNet.smallAlexNet());
        }
        int count = randomNets != null ? randomNets : definition == null ? DEFAULT_RANDOM : 0;
        LongStream.range(seed, seed + count).forEach(number -> {
            nets.add(RandomNet.of(number));
            if (write != null) {
                spec.commandLine().getOut().printf("convnet check-devices %s%n", RandomNet.write(number, write));
            }
        });
        return nets;
    }

    private CheckedNet named() {
        if (definition.equals(CheckedNet.SMALL_ALEXNET)) {
            return CheckedNet.smallAlexNet();
        }
        if (layerParams == null) {
            return new CheckedNet(definition, Nets.layers(definition), Nets.params(definition),
                    List.of(InspectCommand.units(Nets.input(definition)), 1), Nets.classes(definition), mini);
        }
        return new CheckedNet(definition, ConfigFile.read(Path.of(definition)), ConfigFile.read(layerParams),
                input.stream().map(InspectCommand::units).toList(), classes, mini);
    }

    private DeviceGroup open(String names, boolean verified) {
        return DeviceGroup.open(names, threads.threads(), Set.of(), Arithmetic.PORTABLE, Transfers.of(transfers, verified));
    }

    private boolean check(List<CheckedNet> nets, String names) {
        int runs = schedules == null ? 1 : schedules;
        int failed = 0;
        try (DeviceGroup one = open(reference, false); DeviceGroup several = open(names, verify);
             StepProgress progress = new StepProgress(names, "runs", "differ", nets.size() * runs, spec.commandLine().getErr())) {
            several.requireGoodCopies();
            for (CheckedNet net : nets) {
                DeviceCheck check = new DeviceCheck(net);
                for (int run = 0; run < runs; run++) {
                    several.setSchedule(schedules == null ? null : new RandomSchedule(seed + run));
                    Difference difference = check.run(one, several, schedules == null ? minibatches : SCHEDULED_MINIBATCHES);
                    failed += difference == null ? 0 : 1;
                    report(net, names, schedules == null ? null : seed + run, difference);
                    progress.step(difference != null);
                }
            }
        }
        spec.commandLine().getOut().printf("%s against %s: %d nets%s, %d differ%n", names, reference, nets.size(),
                schedules == null ? ", " + minibatches + " mini-batches" : ", " + runs + " schedules each", failed);
        spec.commandLine().getOut().flush();
        return failed == 0;
    }

    private void report(CheckedNet net, String names, Long schedule, Difference difference) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("devices", names);
        result.put("net", net.name());
        if (schedule != null) {
            result.put("schedule", schedule);
        }
        result.put("same", difference == null);
        if (difference != null) {
            result.put("difference", difference);
            spec.commandLine().getOut().printf("%s on %s%s: %s%n", net.name(), names, schedule == null ? "" : ", schedule " + schedule, difference);
        }
        results.add(result);
    }

    private boolean inject(List<CheckedNet> nets, String names) {
        boolean staged = Transfers.of(transfers, false).staged();
        int trials = 0;
        int missed = 0;
        for (CheckedNet net : nets) {
            try (FaultCheck check = new FaultCheck(net, reference, names, threads.threads(), staged)) {
                for (Fault fault : faults()) {
                    List<FaultCheck.Trial> done = inject(net, names, check, fault);
                    trials += done.size();
                    missed += (int) done.stream().filter(trial -> !trial.isFound()).count();
                }
            }
        }
        if (trials == 0) {
            throw new InputException("--inject=" + inject + (at == null ? "" : " --at=" + at) + ": the nets have no such copy or step on " + names);
        }
        return missed == 0;
    }

    private List<FaultCheck.Trial> inject(CheckedNet net, String names, FaultCheck check, Fault fault) {
        int count = check.count(fault, at);
        if (count == 0) {
            return List.of();
        }
        List<FaultCheck.Trial> trials;
        try (StepProgress progress = new StepProgress(net.name() + " " + fault, "trials", "missed", count, spec.commandLine().getErr())) {
            trials = check.run(fault, at, trial -> progress.step(!trial.isFound()));
        }
        spec.commandLine().getOut().printf("%s on %s: %s: %d places, %d found: %s%n", net.name(), names, fault, count,
                trials.stream().filter(FaultCheck.Trial::isFound).count(), fault == Fault.FAILURE ? "the run stopped with device and layer"
                        : "verified copies named layer and devices, and the results differ in "
                                + trials.stream().filter(trial -> trial.comparison() != null).count());
        for (FaultCheck.Trial trial : trials) {
            if (at != null || !trial.isFound()) {
                spec.commandLine().getOut().printf("  %s %s%n    comparison: %s%n    verified copies: %s%n", fault, trial.place(),
                        trial.comparison() == null ? "nothing" : trial.comparison(),
                        trial.verification() == null ? "nothing" : trial.verification());
            }
            results.add(Map.of("devices", names, "net", net.name(), "trial", trial));
        }
        spec.commandLine().getOut().flush();
        return trials;
    }

    private List<Fault> faults() {
        List<Fault> all = List.of(Fault.values());
        List<Fault> chosen = all.stream().filter(fault -> inject.equals("all") || inject.equals(fault.toString())).toList();
        if (chosen.isEmpty()) {
            throw new InputException("--inject=" + inject + ": expected all or one of " + Arrays.toString(Fault.values()));
        }
        return chosen;
    }
}
