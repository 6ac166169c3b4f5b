package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.kernels.cpu.VectorSupport;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxException;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;

/** Collects the steps and registers of a kernel; puts copies where an operand lies in another bank than the operation wants it. */
final class Emitter {
    private static final String SINK = "_";
    private static final boolean VECTOR = VectorSupport.available();
    private static final Operation FMA = Operations.find("fma.rn.f32");

    private final String module;
    private final Symbols symbols;
    private final Map<String, Register> named;
    private final Map<String, Register> constants = new HashMap<>();
    private final Map<Integer, Long> constantBits = new LinkedHashMap<>();
    private final Map<String, SpecialRegister> specials = new LinkedHashMap<>();
    private final List<Bank<?>> banks = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    /** The fma instructions that the last step stands for; empty if it is another step or the target of a branch may follow it. */
    private final List<int[]> fmaRun = new ArrayList<>();
    private final LocationSlots locations = new LocationSlots();
    /** Registers that the present instruction changes. */
    private final List<Integer> written = new ArrayList<>();
    private Step.Site site;

    Emitter(String module, Symbols symbols, PtxFunction kernel) {
        this.module = module;
        this.symbols = symbols;
        this.named = RegisterSharing.of(kernel, this::allocate);
    }

    static Bank<?> bank(PtxType type) {
        return switch (type) {
            case F32 -> Bank.FLOAT;
            case F64 -> Bank.DOUBLE;
            case B64, U64, S64 -> Bank.LONG;
            default -> Bank.INT;
        };
    }

    /** Steps from now on belong to this instruction. */
    void begin(PtxInstruction instruction) {
        written.forEach(locations::change);
        written.clear();
        int guard = Step.UNGUARDED;
        site = new Step.Site(instruction.line(), guard, false);
        if (instruction.guard() != null) {
            guard = source(new Operand.Name(instruction.guard()), Bank.INT);
        }
        site = new Step.Site(instruction.line(), guard, instruction.guardNegated());
    }

    Step.Site site() {
        return site;
    }

    int position() {
        return steps.size();
    }

    void add(Step step) {
        fmaRun.clear();
        if (step instanceof ControlStep) {
            locations.clear();
        }
        steps.add(step);
    }

    /** Branches may lead to the next step, so it is not joined with the last. */
    void startLabel() {
        fmaRun.clear();
        locations.clear();
    }

    /** Where the words may be found that all active threads access through a register whose address is {@code window} below the generic one. */
    LocationSlots.Slot location(Register address, long window) {
        return VECTOR && site.guard() == Step.UNGUARDED ? locations.of(address.index(), window) : LocationSlots.NONE;
    }

    LocationSlots locations() {
        return locations;
    }

    private void addFma(int... registers) {
        if (!fmaRun.isEmpty()) {
            steps.remove(steps.size() - 1);
        }
        fmaRun.add(registers);
        steps.add(new FmaRunStep(site, fmaRun));
    }

    List<Step> steps() {
        return steps;
    }

    List<Bank<?>> banks() {
        return banks;
    }

    Map<Integer, Long> constants() {
        return constantBits;
    }

    List<SpecialRegister> specials() {
        return List.copyOf(specials.values());
    }

    Register allocate(Bank<?> bank) {
        banks.add(bank);
        return new Register(banks.size() - 1, bank);
    }

    /** The register that an instruction writes. */
    Register result(Operand operand) {
        boolean sink = operand instanceof Operand.Name name && name.name().equals(SINK);
        Register register = sink ? allocate(Bank.INT) : register(operand);
        written.add(register.index());
        return register;
    }

    /** The declared register of that name. */
    Register register(Operand operand) {
        Register register = operand instanceof Operand.Name name ? named.get(name.name()) : null;
        if (register == null) {
            throw error("operand " + describe(operand) + " is no declared register");
        }
        return register;
    }

    /** A register of that bank with the operand's value. */
    int source(Operand operand, Bank<?> bank) {
        if (operand instanceof Operand.Immediate immediate) {
            return constant(bank, bits(immediate, bank)).index();
        }
        if (operand instanceof Operand.Negated negated) {
            Register inverse = allocate(Bank.INT);
            compute(Operations.find("not.pred"), inverse, true, source(negated.predicate(), Bank.INT));
            return inverse.index();
        }
        if (!(operand instanceof Operand.Name name)) {
            throw error("operand " + describe(operand) + " where a register or a constant was expected");
        }
        Register register = named.get(name.name());
        if (register == null && SpecialRegister.exists(name.name())) {
            SpecialRegister special = specials.computeIfAbsent(name.name(), key -> new SpecialRegister(key, allocate(Bank.INT).index()));
            register = new Register(special.register(), Bank.INT);
        }
        if (register == null && ClockStep.exists(name.name())) {
            register = allocate(ClockStep.bank(name.name()));
            add(new ClockStep(site, register, name.name()));
        }
        if (register == null && symbols.find(name.name()) != null) {
            register = constant(Bank.LONG, symbols.find(name.name()).address());
        }
        if (register == null) {
            throw error("unknown name \"" + name.name() + "\"");
        }
        return converted(register, bank).index();
    }

    Symbols symbols() {
        return symbols;
    }

    /** The same bits in another bank. */
    Register converted(Register register, Bank<?> bank) {
        if (register.bank() == bank) {
            return register;
        }
        Register copy = allocate(bank);
        move(register, copy, true);
        return copy;
    }

    void move(Register from, Register to, boolean temporary) {
        Operation move = Moves.between(from.bank(), to.bank());
        if (move != null) {
            compute(move, to, temporary, from.index());
        } else {
            Bank<?> between = from.bank() == from.bank().integers() ? to.bank().integers() : from.bank().integers();
            move(converted(from, between), to, temporary);
        }
    }

    Register constant(Bank<?> bank, long bits) {
        return constants.computeIfAbsent(bank.number() + ":" + bits, key -> {
            Register register = allocate(bank);
            constantBits.put(register.index(), bits);
            return register;
        });
    }

    private static long bits(Operand.Immediate immediate, Bank<?> bank) {
        long bits = immediate.bits();
        return switch (immediate.kind()) {
            case INTEGER -> bits;
            case BINARY32 -> bank == Bank.DOUBLE ? Double.doubleToRawLongBits(Float.intBitsToFloat((int) bits)) : bits;
            case BINARY64 -> bank == Bank.FLOAT ? Float.floatToRawIntBits((float) Double.longBitsToDouble(bits)) : bits;
        };
    }

    /** Emits an operation whose sources lie in the right banks; the result may lie in another. */
    void compute(Operation operation, Register result, boolean temporary, int... sources) {
        if (result.bank() != operation.result()) {
            Register own = allocate(operation.result());
            compute(operation, own, true, sources);
            move(own, result, temporary);
            return;
        }
        if (VECTOR && operation == FMA && site.guard() == Step.UNGUARDED) {
            addFma(result.index(), sources[0], sources[1], sources[2]);
            return;
        }
        add(ComputeStep.of(temporary ? site.unguarded() : site, operation, result, sources, temporary));
    }

    PtxException error(String problem) {
        return new PtxException(module, site.line(), problem);
    }

    static String describe(Operand operand) {
        return operand instanceof Operand.Name name ? "\"" + name.name() + "\"" : operand.toString();
    }
}
