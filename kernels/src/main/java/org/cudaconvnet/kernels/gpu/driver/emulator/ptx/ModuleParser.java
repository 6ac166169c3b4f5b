package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what stands outside function bodies. */
final class ModuleParser {
    private static final Set<String> LINKING = Set.of(".extern", ".visible", ".weak", ".common");
    /** What may stand between the parameters of a function and its body. */
    private static final Set<String> TUNING = Set.of(".maxntid", ".reqntid", ".minnctapersm", ".maxnctapersm", ".maxnreg", ".noreturn",
            ".explicitcluster", ".reqnctapercluster", ".maxclusterrank");

    private final Tokens tokens;
    private final List<PtxVariable> variables = new ArrayList<>();
    private final Map<String, PtxFunction> functions = new LinkedHashMap<>();
    private String version = "";
    private String target = "";

    ModuleParser(Tokens tokens) {
        this.tokens = tokens;
    }

    PtxModule parse() {
        while (!tokens.atEnd()) {
            directive();
        }
        if (version.isEmpty() || target.isEmpty()) {
            throw tokens.error("this is no PTX module: .version or .target is missing");
        }
        return new PtxModule(tokens.module(), version, target, variables, functions);
    }

    private void directive() {
        String word = tokens.peek();
        switch (word) {
            case ".version" -> {
                tokens.take();
                version = tokens.take();
            }
            case ".target" -> {
                tokens.take();
                target = tokens.take();
                while (tokens.takeIf(",")) {
                    tokens.take();
                }
            }
            case ".address_size" -> {
                tokens.take();
                if (tokens.takeInteger() != 64) {
                    throw tokens.error("the emulator has addresses of 64 bits only");
                }
            }
            case ".file", ".loc" -> {
                tokens.take();
                tokens.skipLine();
            }
            case ".section" -> skipSection();
            case ".entry", ".func" -> function();
            default -> {
                if (LINKING.contains(word)) {
                    tokens.take();
                } else {
                    variables.addAll(new DeclarationParser(tokens).variables());
                }
            }
        }
    }

    private void skipSection() {
        while (!tokens.takeIf("}")) {
            tokens.take();
        }
    }

    private void function() {
        boolean kernel = tokens.take().equals(".entry");
        DeclarationParser declarations = new DeclarationParser(tokens);
        List<PtxVariable> returns = tokens.peek().equals("(") ? declarations.parameters() : List.of();
        int line = tokens.line();
        String name = tokens.take();
        List<PtxVariable> parameters = tokens.peek().equals("(") ? declarations.parameters() : List.of();
        while (TUNING.contains(tokens.peek())) {
            tokens.take();
            while (!tokens.peek().startsWith(".") && !tokens.peek().equals("{") && !tokens.peek().equals(";")) {
                tokens.take();
            }
        }
        if (tokens.takeIf(";")) {
            return;
        }
        PtxFunction function = new BodyParser(tokens, name, line, kernel, parameters, returns).parse();
        if (functions.put(name, function) != null) {
            throw new PtxException(tokens.module(), line, "a second function named " + name);
        }
    }
}
