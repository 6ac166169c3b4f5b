package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;

/**
 * Gives the registers of a kernel their arrays. Compilers write PTX with a new register for every result; those that live within
 * one piece of straight-line code share arrays, so that the registers in use stay in the first-level cache.
 */
final class RegisterSharing {
    /** Instructions whose operand in the place of a result is none. */
    private static final Set<String> WITHOUT_RESULT = Set.of("st", "red", "bra", "brx", "bar", "barrier");
    /** Instructions whose result may take the array of a source that is not needed any more: thread by thread one step. */
    private static final String IN_PLACE = "fma";

    private final PtxFunction kernel;
    private final Function<Bank<?>, Register> allocation;
    private final Map<String, Register> registers = new HashMap<>();
    private final Map<Bank<?>, Deque<Register>> free = new HashMap<>();
    private final Map<String, Integer> first = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();
    private final Map<String, Integer> piece = new HashMap<>();
    private final Set<String> local = new HashSet<>();

    private RegisterSharing(PtxFunction kernel, Function<Bank<?>, Register> allocation) {
        this.kernel = kernel;
        this.allocation = allocation;
    }

    /** The registers by name. */
    static Map<String, Register> of(PtxFunction kernel, Function<Bank<?>, Register> allocation) {
        RegisterSharing sharing = new RegisterSharing(kernel, allocation);
        sharing.findLives();
        sharing.assign();
        return sharing.registers;
    }

    private void findLives() {
        Set<Integer> labelled = new TreeSet<>(kernel.labels().values());
        int number = 0;
        for (int i = 0; i < kernel.instructions().size(); i++) {
            PtxInstruction instruction = kernel.instructions().get(i);
            number += labelled.contains(i) ? 1 : 0;
            for (String name : names(instruction)) {
                last.put(name, i);
                if (first.putIfAbsent(name, i) == null) {
                    piece.put(name, number);
                    if (isResultOnly(name, instruction)) {
                        local.add(name);
                    }
                } else if (piece.get(name) != number) {
                    local.remove(name);
                }
            }
            number += instruction.mnemonic().equals(BlockOrder.FALL_THROUGH) || BlockOrder.endsBlock(instruction) ? 1 : 0;
        }
    }

    private void assign() {
        for (int i = 0; i < kernel.instructions().size(); i++) {
            PtxInstruction instruction = kernel.instructions().get(i);
            Set<String> names = names(instruction);
            boolean inPlace = instruction.mnemonic().equals(IN_PLACE);
            if (inPlace) {
                release(names, i);
            }
            for (String name : names) {
                if (first.get(name) == i) {
                    Bank<?> bank = Emitter.bank(kernel.registers().get(name));
                    Register reused = local.contains(name) ? free.computeIfAbsent(bank, key -> new ArrayDeque<>()).poll() : null;
                    registers.put(name, reused == null ? allocation.apply(bank) : reused);
                }
            }
            if (!inPlace) {
                release(names, i);
            }
        }
        kernel.registers().forEach((name, type) -> registers.computeIfAbsent(name, key -> allocation.apply(Emitter.bank(type))));
    }

    private void release(Collection<String> names, int at) {
        for (String name : names) {
            if (local.contains(name) && last.get(name) == at && first.get(name) < at) {
                Register register = registers.get(name);
                free.computeIfAbsent(register.bank(), key -> new ArrayDeque<>()).push(register);
            }
        }
    }

    /** True if all threads that take the instruction get a new value there and need none from before. */
    private static boolean isResultOnly(String name, PtxInstruction instruction) {
        List<Operand> operands = instruction.operands();
        return instruction.guard() == null && !WITHOUT_RESULT.contains(instruction.mnemonic())
                && names(operands.subList(0, 1)).contains(name) && !names(operands.subList(1, operands.size())).contains(name);
    }

    /** The registers that occur in an instruction. */
    private Set<String> names(PtxInstruction instruction) {
        Set<String> names = new TreeSet<>(names(instruction.operands()));
        if (instruction.guard() != null) {
            names.add(instruction.guard());
        }
        names.retainAll(kernel.registers().keySet());
        return names;
    }

    private static List<String> names(List<Operand> operands) {
        List<String> names = new ArrayList<>();
        operands.forEach(operand -> names.addAll(names(operand)));
        return names;
    }

    private static List<String> names(Operand operand) {
        if (operand instanceof Operand.Name name) {
            return List.of(name.name());
        } else if (operand instanceof Operand.Address address) {
            return names(address.base());
        } else if (operand instanceof Operand.Negated negated) {
            return names(negated.predicate());
        } else if (operand instanceof Operand.Pair pair) {
            return names(List.of(pair.first(), pair.second()));
        } else if (operand instanceof Operand.Vector vector) {
            return names(vector.elements());
        }
        return operand instanceof Operand.Group group ? names(group.elements()) : List.of();
    }
}
