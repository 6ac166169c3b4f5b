package org.cudaconvnet.datasets.numpy;

import java.util.LinkedHashMap;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/** A class that a pickle refers to by its name. The name is all there is: nothing of the class is looked up, loaded or run. */
public record PickledClass(String module, String name) implements IObjectConstructor {

    /** An instance without attributes yet; a pickle that would call the class with arguments is refused. */
    @Override
    public Object construct(Object[] arguments) {
        if (arguments.length > 0) {
            throw new PickleException("call of " + this + " with arguments, expected only its attributes");
        }
        return new PickledInstance(this, new LinkedHashMap<>());
    }

    @Override
    public String toString() {
        return module + "." + name;
    }
}
