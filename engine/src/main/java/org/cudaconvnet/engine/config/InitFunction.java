package org.cudaconvnet.engine.config;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.engine.InputException;

/**
 * The value of initWFunc, initBFunc or initCFunc: {@code module.function} or {@code module.function(arg1,arg2)}
 * (spec: config-language.md section 7).
 */
record InitFunction(String key, String function, List<String> params) {
    private static final Pattern CALL = Pattern.compile("(\\w+\\.\\w+)(?:\\((.*)\\))?");

    static InitFunction parse(LayerScope scope, String key) {
        String text = scope.layer().stringValue(key);
        Matcher call = CALL.matcher(text);
        scope.require(call.matches(), key, text, "module.function or module.function(arg1,arg2)");
        String arguments = call.group(2);
        return new InitFunction(key, call.group(1), arguments == null || arguments.isEmpty() ? List.of() : List.of(arguments.split(",", -1)));
    }

    /** Calls the function; its complaints become errors at the key. */
    <T> T call(LayerScope scope, Function<ExternalInitializer, T> call) {
        ExternalInitializer initializer = initializer(scope);
        try {
            return call.apply(initializer);
        } catch (InputException failed) {
            throw scope.message(key, "calling " + this + ": " + failed.getMessage());
        }
    }

    private ExternalInitializer initializer(LayerScope scope) {
        ExternalInitializer initializer = scope.context().initializers().get(function);
        if (initializer == null) {
            throw scope.message(key, "found initialiser \"" + this + "\" for layer " + scope.layer().name() + ", which is not available; expected "
                    + (scope.context().initializers().isEmpty() ? "none" : "one of " + scope.context().initializers().keySet()));
        }
        return initializer;
    }

    @Override
    public String toString() {
        return function + (params.isEmpty() ? "" : "(" + String.join(",", params) + ")");
    }
}
