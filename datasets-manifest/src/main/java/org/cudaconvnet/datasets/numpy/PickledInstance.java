package org.cudaconvnet.datasets.numpy;

import java.util.Map;

/**
 * An object of a class of the pickle's author: its attributes by name. It is one of Python 2's classic classes where it matters.
 *
 * @param attributes shared, not copied: a pickle fills them in after it has made the object
 */
public record PickledInstance(PickledClass type, Map<String, Object> attributes) {
    @Override
    public String toString() {
        return "object of " + type;
    }
}
