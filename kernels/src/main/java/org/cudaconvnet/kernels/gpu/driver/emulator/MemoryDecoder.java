package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxType;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.StateSpace;

/** Loads, stores, atomics, address conversions and moves. */
final class MemoryDecoder {
    /** Modifiers that change nothing here: caching, ordering and scope of memory that is always consistent. */
    private static final Set<String> HINTS = Set.of("weak", "relaxed", "acquire", "release", "acq_rel", "volatile", "cta", "gpu", "sys", "nc",
            "ca", "cg", "cs", "lu", "cv", "wb", "wt", "L1", "no_allocate", "evict_first", "evict_last", "L2", "64B", "128B", "256B");

    private final Emitter emitter;

    MemoryDecoder(Emitter emitter) {
        this.emitter = emitter;
    }

    /** What the modifiers of an access say; {@code operation} only for atomics. */
    private record Form(StateSpace space, PtxType type, int elements, String operation) {
    }

    private Form form(PtxInstruction instruction) {
        StateSpace space = StateSpace.GENERIC;
        PtxType type = null;
        int elements = 1;
        String operation = null;
        for (String word : instruction.modifiers()) {
            if (StateSpace.named(word) != null) {
                space = StateSpace.named(word);
            } else if (PtxType.named(word) != null && PtxType.named(word) != PtxType.PRED) {
                type = PtxType.named(word);
            } else if (word.equals("v2") || word.equals("v4")) {
                elements = word.charAt(1) - '0';
            } else if (AtomicStep.knows(word)) {
                operation = word;
            } else if (!HINTS.contains(word)) {
                return null;
            }
        }
        return type == null ? null : new Form(space, type, elements, operation);
    }

    boolean load(PtxInstruction instruction) {
        Form form = form(instruction);
        if (form == null || form.operation != null || instruction.operands().size() < 2) {
            return false;
        }
        Operand target = instruction.operands().get(0);
        List<Operand> elements = target instanceof Operand.Vector vector ? vector.elements() : List.of(target);
        if (elements.size() != form.elements) {
            throw emitter.error("found " + elements.size() + " registers, expected " + form.elements);
        }
        Register[] results = elements.stream().map(emitter::result).toArray(Register[]::new);
        boolean words = form.type.bits() == 32 && Arrays.stream(results).noneMatch(result -> result.bank().isWide());
        emitter.add(new LoadStep(emitter.site(), access(instruction.operands().get(1), form, words), form.type, results));
        return true;
    }

    boolean store(PtxInstruction instruction) {
        Form form = form(instruction);
        if (form == null || form.operation != null || instruction.operands().size() < 2) {
            return false;
        }
        Operand value = instruction.operands().get(1);
        List<Operand> elements = value instanceof Operand.Vector vector ? vector.elements() : List.of(value);
        if (elements.size() != form.elements) {
            throw emitter.error("found " + elements.size() + " registers, expected " + form.elements);
        }
        int[] sources = elements.stream().mapToInt(element -> emitter.source(element, Emitter.bank(form.type))).toArray();
        emitter.add(new StoreStep(emitter.site(), access(instruction.operands().get(0), form, form.type.bits() == 32), form.type, sources));
        return true;
    }

    boolean atomic(PtxInstruction instruction) {
        Form form = form(instruction);
        List<Operand> operands = instruction.operands();
        int first = instruction.mnemonic().equals("atom") ? 1 : 0;
        if (form == null || form.operation == null || form.elements != 1 || form.type.bits() < 32 || operands.size() < first + 2) {
            return false;
        }
        Register result = first == 1 ? emitter.result(operands.get(0)) : null;
        int[] sources = operands.stream().skip(first + 1).mapToInt(operand -> emitter.source(operand, Emitter.bank(form.type))).toArray();
        MemoryAccess access = access(operands.get(first), form, false);
        emitter.add(new AtomicStep(emitter.site(), access, form.type, form.operation, result, sources));
        return true;
    }

    /** @param words true if every element is a word, so that the fast way is open */
    private MemoryAccess access(Operand operand, Form form, boolean words) {
        if (!(operand instanceof Operand.Address address)) {
            throw emitter.error("operand " + Emitter.describe(operand) + " where an address was expected");
        }
        StateSpace space = form.space;
        Register base;
        if (address.base() instanceof Operand.Name name && emitter.symbols().find(name.name()) != null) {
            Symbols.Place place = emitter.symbols().find(name.name());
            space = place.space();
            base = emitter.constant(Bank.LONG, place.address());
        } else if (address.base() instanceof Operand.Name) {
            base = emitter.register(address.base());
        } else {
            base = new Register(emitter.source(address.base(), Bank.LONG), Bank.LONG);
        }
        long window = AddressSpace.window(space);
        LocationSlots.Slot slot = words ? emitter.location(base, window) : LocationSlots.NONE;
        return new MemoryAccess(base, window + address.offset(), form.type.bytes() * form.elements, slot, emitter.site().line());
    }

    /** {@code cvta.SPACE} makes an address generic, {@code cvta.to.SPACE} takes the window off again. */
    boolean convertAddress(PtxInstruction instruction) {
        List<String> modifiers = instruction.modifiers();
        boolean to = modifiers.contains("to");
        StateSpace space = modifiers.stream().map(StateSpace::named).filter(named -> named != null).findFirst().orElse(null);
        if (space == null || !modifiers.contains("u64") || instruction.operands().size() != 2) {
            return false;
        }
        Register result = emitter.result(instruction.operands().get(0));
        int source = emitter.source(instruction.operands().get(1), Bank.LONG);
        long window = AddressSpace.window(space);
        if (window == 0) {
            emitter.move(new Register(source, Bank.LONG), result, false);
        } else {
            int distance = emitter.constant(Bank.LONG, to ? -window : window).index();
            emitter.compute(Operations.find("add.s64"), result, false, source, distance);
        }
        return true;
    }

    /** {@code mov}: a copy, an address, or packing and unpacking of two halves. */
    boolean move(PtxInstruction instruction) {
        if (instruction.operands().size() != 2) {
            return false;
        }
        Operand target = instruction.operands().get(0);
        Operand value = instruction.operands().get(1);
        boolean wide = instruction.opcode().endsWith("64");
        if (target instanceof Operand.Vector halves) {
            return unpack(halves.elements(), value, wide);
        }
        Register result = emitter.result(target);
        if (value instanceof Operand.Vector halves) {
            return pack(result, halves.elements(), wide);
        }
        emitter.move(new Register(emitter.source(value, result.bank()), result.bank()), result, false);
        return true;
    }

    private boolean unpack(List<Operand> halves, Operand value, boolean wide) {
        if (halves.size() != 2) {
            return false;
        }
        Register whole = new Register(emitter.source(value, wide ? Bank.LONG : Bank.INT), wide ? Bank.LONG : Bank.INT);
        Register high = emitter.allocate(Bank.INT);
        emitter.compute(wide ? Moves.HIGH_WORD : Moves.HIGH_SHORT, high, true, whole.index());
        emitter.move(whole, emitter.result(halves.get(0)), false);
        emitter.move(high, emitter.result(halves.get(1)), false);
        return true;
    }

    private boolean pack(Register result, List<Operand> halves, boolean wide) {
        if (halves.size() != 2) {
            return false;
        }
        int low = emitter.source(halves.get(0), Bank.INT);
        int high = emitter.source(halves.get(1), Bank.INT);
        emitter.compute(wide ? Moves.JOIN_WORDS : Moves.JOIN_SHORTS, result, false, low, high);
        return true;
    }
}
