package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxException;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxModule;

/** Turns a kernel's instructions into steps. */
final class Decoder {
    /** Without effect here: memory is always consistent within a block, and hints change nothing. */
    private static final Set<String> NOTHING = Set.of("membar", "fence", "prefetch", "prefetchu", "nanosleep", "pmevent");

    private final PtxModule module;
    private final PtxFunction kernel;
    private final Symbols symbols;
    private final Emitter emitter;
    private final ArithmeticDecoder arithmetic;
    private final ComparisonDecoder comparisons;
    private final MemoryDecoder memory;
    private final WarpDecoder warps;

    private Decoder(PtxModule module, PtxFunction kernel, Map<String, Long> globals) {
        this.module = module;
        this.kernel = BlockOrder.arrange(Inliner.flatten(module, kernel));
        this.symbols = new Symbols(this.kernel, module.variables(), globals);
        this.emitter = new Emitter(module.name(), symbols, this.kernel);
        this.arithmetic = new ArithmeticDecoder(emitter);
        this.comparisons = new ComparisonDecoder(emitter);
        this.memory = new MemoryDecoder(emitter);
        this.warps = new WarpDecoder(emitter);
    }

    /**
     * Decodes a kernel.
     *
     * @param globals addresses of the module's variables in global and constant memory
     * @throws PtxException naming the line of an instruction that the emulator does not know
     */
    static KernelCode decode(PtxModule module, PtxFunction kernel, Map<String, Long> globals) {
        return new Decoder(module, kernel, globals).decode();
    }

    private KernelCode decode() {
        List<PtxInstruction> instructions = kernel.instructions();
        int[] starts = new int[instructions.size() + 1];
        Set<Integer> labelled = Set.copyOf(kernel.labels().values());
        for (int i = 0; i < instructions.size(); i++) {
            if (labelled.contains(i)) {
                emitter.startLabel();
            }
            starts[i] = emitter.position();
            emitter.begin(instructions.get(i));
            instruction(instructions.get(i));
        }
        starts[instructions.size()] = emitter.position();
        emitter.add(new ControlStep.Exit(new Step.Site(kernel.line(), Step.UNGUARDED, false)));
        for (Step step : emitter.steps()) {
            if (step instanceof ControlStep.Branch branch) {
                branch.target = target(branch.label, starts, step);
            } else if (step instanceof ControlStep.IndexedBranch branch) {
                for (int i = 0; i < branch.labels.length; i++) {
                    branch.targets[i] = target(branch.labels[i], starts, step);
                }
            }
        }
        return new KernelCode(module.name(), kernel.name(), kernel.parameters(), emitter.steps().toArray(new Step[0]),
                emitter.banks(), emitter.constants(), emitter.specials(), symbols.sharedBytes(), symbols.localBytes(),
                emitter.locations().count());
    }

    private int target(String label, int[] starts, Step step) {
        Integer instruction = kernel.labels().get(label);
        if (instruction == null) {
            throw new PtxException(module.name(), step.site.line(), "unknown label \"" + label + "\"");
        }
        return starts[instruction];
    }

    private void instruction(PtxInstruction instruction) {
        String mnemonic = instruction.mnemonic();
        if (NOTHING.contains(mnemonic)) {
            return;
        }
        boolean known = switch (mnemonic) {
            case "bra" -> control(new ControlStep.Branch(emitter.site(), name(instruction, 0)));
            case BlockOrder.FALL_THROUGH -> control(new ControlStep.FallThrough(emitter.site(), name(instruction, 0)));
            case "brx" -> indexedBranch(instruction);
            case "ret", "exit" -> control(new ControlStep.Exit(emitter.site()));
            case "trap" -> control(new ControlStep.Trap(emitter.site()));
            case "bar", "barrier" -> warps.barrier(instruction);
            case "shfl" -> warps.shuffle(instruction);
            case "vote", "activemask" -> warps.vote(instruction);
            case "match" -> warps.match(instruction);
            case "redux" -> warps.reduce(instruction);
            case "ld", "ldu" -> memory.load(instruction);
            case "st" -> memory.store(instruction);
            case "atom", "red" -> memory.atomic(instruction);
            case "cvta" -> memory.convertAddress(instruction);
            case "mov" -> memory.move(instruction);
            case "setp", "set" -> comparisons.compare(instruction);
            default -> arithmetic.compute(instruction);
        };
        if (!known) {
            throw emitter.error("unknown instruction " + instruction.opcode() + ": the emulator does not have it");
        }
    }

    private boolean control(Step step) {
        emitter.add(step);
        return true;
    }

    private boolean indexedBranch(PtxInstruction instruction) {
        int selector = emitter.source(operand(instruction, 0), Bank.INT);
        List<String> labels = kernel.branchTargets().get(name(instruction, 1));
        if (labels == null) {
            throw emitter.error("unknown list of branch targets \"" + name(instruction, 1) + "\"");
        }
        return control(new ControlStep.IndexedBranch(emitter.site(), selector, labels.toArray(new String[0])));
    }

    private Operand operand(PtxInstruction instruction, int number) {
        if (number >= instruction.operands().size()) {
            throw emitter.error(instruction.opcode() + " has too few operands");
        }
        return instruction.operands().get(number);
    }

    private String name(PtxInstruction instruction, int number) {
        if (operand(instruction, number) instanceof Operand.Name name) {
            return name.name();
        }
        throw emitter.error(instruction.opcode() + " wants a label");
    }
}
