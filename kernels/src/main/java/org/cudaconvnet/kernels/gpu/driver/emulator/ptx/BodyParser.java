package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the body of a function. Names declared in inner blocks get a suffix, so that every name means one thing. */
final class BodyParser {
    private final Tokens tokens;
    private final PtxFunction function;
    private final Deque<Map<String, String>> scopes = new ArrayDeque<>();
    private int blocks;

    BodyParser(Tokens tokens, String name, int line, boolean kernel, List<PtxVariable> parameters, List<PtxVariable> returns) {
        this.tokens = tokens;
        this.function = new PtxFunction(name, line, kernel, parameters, returns, new LinkedHashMap<>(), new ArrayList<>(),
                new ArrayList<>(), new HashMap<>(), new HashMap<>());
    }

    PtxFunction parse() {
        tokens.expect("{");
        scopes.push(new HashMap<>());
        while (!scopes.isEmpty()) {
            statement();
        }
        return function;
    }

    private void statement() {
        if (tokens.takeIf("{")) {
            scopes.push(new HashMap<>());
            blocks++;
        } else if (tokens.takeIf("}")) {
            scopes.pop();
        } else if (tokens.peekSecond().equals(":")) {
            label();
        } else if (tokens.peek().startsWith(".")) {
            directive();
        } else if (!tokens.takeIf(";")) {
            instruction();
        }
    }

    private void label() {
        int line = tokens.line();
        String label = tokens.take();
        tokens.expect(":");
        if (tokens.takeIf(".branchtargets")) {
            List<String> targets = new ArrayList<>();
            do {
                targets.add(tokens.take());
            } while (tokens.takeIf(","));
            tokens.expect(";");
            function.branchTargets().put(label, targets);
        } else if (function.labels().put(label, function.instructions().size()) != null) {
            throw new PtxException(tokens.module(), line, "label " + label + " stands twice in " + function.name());
        }
    }

    private void directive() {
        switch (tokens.peek()) {
            case ".reg" -> registers();
            case ".loc", ".file" -> {
                tokens.take();
                tokens.skipLine();
            }
            case ".pragma" -> {
                while (!tokens.takeIf(";")) {
                    tokens.take();
                }
            }
            default -> {
                for (PtxVariable variable : new DeclarationParser(tokens).variables()) {
                    function.variables().add(variable.renamed(declare(variable.name())));
                }
            }
        }
    }

    private void registers() {
        tokens.expect(".reg");
        PtxType type = PtxType.named(tokens.peek().substring(1));
        if (type == null) {
            throw tokens.error("registers of type \"" + tokens.peek() + "\" are unknown to the emulator");
        }
        tokens.take();
        do {
            String name = tokens.take();
            if (tokens.takeIf("<")) {
                long count = tokens.takeInteger();
                tokens.expect(">");
                for (long i = 0; i < count; i++) {
                    function.registers().put(declare(name + i), type);
                }
            } else {
                function.registers().put(declare(name), type);
            }
        } while (tokens.takeIf(","));
        tokens.expect(";");
    }

    private String declare(String name) {
        String unique = scopes.size() == 1 ? name : name + "#" + blocks;
        scopes.peek().put(name, unique);
        return unique;
    }

    private String resolve(String name) {
        for (Map<String, String> scope : scopes) {
            String unique = scope.get(name);
            if (unique != null) {
                return unique;
            }
        }
        return name;
    }

    private void instruction() {
        int line = tokens.line();
        String guard = null;
        boolean negated = false;
        if (tokens.takeIf("@")) {
            negated = tokens.takeIf("!");
            guard = resolve(tokens.take());
        }
        String opcode = tokens.take();
        List<Operand> operands = tokens.peek().equals(";") ? List.of() : list(";");
        tokens.expect(";");
        function.instructions().add(new PtxInstruction(line, guard, negated, opcode, operands));
    }

    private List<Operand> list(String end) {
        List<Operand> operands = new ArrayList<>();
        while (!tokens.peek().equals(end)) {
            operands.add(operand());
            if (!tokens.peek().equals(end)) {
                tokens.expect(",");
            }
        }
        return operands;
    }

    private Operand operand() {
        if (tokens.takeIf("{")) {
            Operand vector = new Operand.Vector(list("}"));
            tokens.expect("}");
            return vector;
        }
        if (tokens.takeIf("(")) {
            Operand group = new Operand.Group(list(")"));
            tokens.expect(")");
            return group;
        }
        if (tokens.takeIf("[")) {
            Operand address = address();
            tokens.expect("]");
            return address;
        }
        if (tokens.takeIf("!")) {
            return new Operand.Negated(simple());
        }
        Operand first = simple();
        return tokens.takeIf("|") ? new Operand.Pair(first, simple()) : first;
    }

    private Operand address() {
        Operand base = simple();
        long offset = 0;
        if (tokens.takeIf("+")) {
            offset = tokens.takeInteger();
        } else if (tokens.peek().equals("-")) {
            offset = tokens.takeInteger();
        }
        return new Operand.Address(base, offset);
    }

    private Operand simple() {
        if (tokens.takeIf("-")) {
            Operand.Immediate number = number();
            return switch (number.kind()) {
                case INTEGER -> Operand.Immediate.ofInteger(-number.bits());
                case BINARY32 -> new Operand.Immediate(number.bits() ^ 1L << 31, number.kind());
                case BINARY64 -> new Operand.Immediate(number.bits() ^ 1L << 63, number.kind());
            };
        }
        return Numbers.isNumber(tokens.peek()) ? number() : new Operand.Name(resolve(tokens.take()));
    }

    private Operand.Immediate number() {
        int line = tokens.line();
        String text = tokens.take();
        try {
            return Numbers.parse(text);
        } catch (NumberFormatException e) {
            throw new PtxException(tokens.module(), line, "found \"" + text + "\", expected a number");
        }
    }
}
