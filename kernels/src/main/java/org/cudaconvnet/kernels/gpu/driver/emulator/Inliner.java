package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxException;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxModule;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxVariable;

/**
 * Puts the bodies of device functions in the place of their calls: registers, labels and variables of every call get names of
 * their own, parameters become the caller's variables. Recursion and calls through pointers are refused.
 */
final class Inliner {
    private final PtxModule module;
    private final PtxFunction flat;
    private final Deque<String> stack = new ArrayDeque<>();
    private int calls;

    private Inliner(PtxModule module, PtxFunction kernel) {
        this.module = module;
        this.flat = new PtxFunction(kernel.name(), kernel.line(), true, kernel.parameters(), List.of(), new HashMap<>(), new ArrayList<>(),
                new ArrayList<>(), new HashMap<>(), new HashMap<>());
    }

    static PtxFunction flatten(PtxModule module, PtxFunction kernel) {
        Inliner inliner = new Inliner(module, kernel);
        inliner.append(kernel, new HashMap<>(), "", null);
        return inliner.flat;
    }

    /** @param end label behind the call, or null in the kernel itself */
    private void append(PtxFunction function, Map<String, String> names, String suffix, String end) {
        stack.push(function.name());
        function.registers().forEach((name, type) -> flat.registers().put(rename(name, names, suffix), type));
        for (PtxVariable variable : function.variables()) {
            flat.variables().add(new PtxVariable(rename(variable.name(), names, suffix), variable.space(), variable.type(), variable.align(),
                    variable.bytes(), variable.initial()));
        }
        function.labels().keySet().forEach(label -> rename(label, names, suffix));
        function.branchTargets().forEach((label, targets) -> flat.branchTargets().put(rename(label, names, suffix),
                targets.stream().map(target -> names.getOrDefault(target, target)).toList()));
        Map<Integer, List<String>> labels = new HashMap<>();
        function.labels().forEach((label, at) -> labels.computeIfAbsent(at, key -> new ArrayList<>()).add(names.get(label)));
        for (int i = 0; i <= function.instructions().size(); i++) {
            labels.getOrDefault(i, List.of()).forEach(label -> flat.labels().put(label, flat.instructions().size()));
            if (i < function.instructions().size()) {
                instruction(function.instructions().get(i), names, end);
            }
        }
        stack.pop();
    }

    private static String rename(String name, Map<String, String> names, String suffix) {
        String unique = name + suffix;
        names.put(name, unique);
        return unique;
    }

    private void instruction(PtxInstruction instruction, Map<String, String> names, String end) {
        String guard = instruction.guard() == null ? null : names.getOrDefault(instruction.guard(), instruction.guard());
        if (instruction.mnemonic().equals("call")) {
            call(instruction, guard, names);
        } else if (instruction.mnemonic().equals("ret") && end != null) {
            jump(instruction, guard, instruction.guardNegated(), end);
        } else {
            List<Operand> operands = instruction.operands().stream().map(operand -> translate(operand, names)).toList();
            flat.instructions().add(new PtxInstruction(instruction.line(), guard, instruction.guardNegated(), instruction.opcode(), operands));
        }
    }

    private void jump(PtxInstruction at, String guard, boolean negated, String label) {
        flat.instructions().add(new PtxInstruction(at.line(), guard, negated, "bra", List.of(new Operand.Name(label))));
    }

    private void call(PtxInstruction call, String guard, Map<String, String> names) {
        List<Operand> operands = new ArrayList<>(call.operands());
        List<Operand> returns = operands.get(0) instanceof Operand.Group group ? group.elements() : List.of();
        if (operands.get(0) instanceof Operand.Group) {
            operands.remove(0);
        }
        String name = operands.get(0) instanceof Operand.Name callee ? callee.name() : "";
        PtxFunction function = module.functions().get(name);
        if (function == null) {
            throw new PtxException(module.name(), call.line(), "call of \"" + name + "\": the module has no body of such a function");
        }
        if (stack.contains(name)) {
            throw new PtxException(module.name(), call.line(), "recursive call of " + name + ": the emulator knows no recursion");
        }
        List<Operand> arguments = operands.size() > 1 && operands.get(1) instanceof Operand.Group group ? group.elements() : List.of();
        if (arguments.size() != function.parameters().size() || returns.size() != function.returns().size()) {
            throw new PtxException(module.name(), call.line(), "call of " + name + " with " + arguments.size() + " arguments and "
                    + returns.size() + " results, expected " + function.parameters().size() + " and " + function.returns().size());
        }
        String suffix = "@" + ++calls;
        Map<String, String> inner = new HashMap<>();
        bind(function.parameters(), arguments, names, inner);
        bind(function.returns(), returns, names, inner);
        String end = "end" + suffix;
        if (guard != null) {
            jump(call, guard, !call.guardNegated(), end);
        }
        append(function, inner, suffix, end);
        flat.labels().put(end, flat.instructions().size());
    }

    private static void bind(List<PtxVariable> formal, List<Operand> actual, Map<String, String> outer, Map<String, String> inner) {
        for (int i = 0; i < formal.size(); i++) {
            inner.put(formal.get(i).name(), ((Operand.Name) translate(actual.get(i), outer)).name());
        }
    }

    private static Operand translate(Operand operand, Map<String, String> names) {
        if (operand instanceof Operand.Name name) {
            return new Operand.Name(names.getOrDefault(name.name(), name.name()));
        }
        if (operand instanceof Operand.Address address) {
            return new Operand.Address(translate(address.base(), names), address.offset());
        }
        if (operand instanceof Operand.Vector vector) {
            return new Operand.Vector(vector.elements().stream().map(element -> translate(element, names)).toList());
        }
        if (operand instanceof Operand.Pair pair) {
            return new Operand.Pair(translate(pair.first(), names), translate(pair.second(), names));
        }
        if (operand instanceof Operand.Negated negated) {
            return new Operand.Negated(translate(negated.predicate(), names));
        }
        return operand;
    }
}
