package org.cudaconvnet.engine.parallel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What each device does in a pass. All steps together are added in one order in which every step comes after those whose results it
 * needs; each device runs its own ones in that order, so devices that wait for each other cannot lock up, and no result depends on
 * which device is faster.
 */
public final class Program {
    /** What a step does, on the thread of its device. */
    public interface Action {
        void run(Pass pass);
    }

    record Step(String layer, Action action) {
    }

    private final String name;
    private final List<List<Step>> steps = new ArrayList<>();

    /** @param name what error messages call the pass, such as "forward pass" */
    public Program(String name, int devices) {
        this.name = name;
        for (int device = 0; device < devices; device++) {
            steps.add(new ArrayList<>());
        }
    }

    /** Adds a step after all those added before. */
    public void add(int device, String layer, Action action) {
        steps.get(device).add(new Step(layer, action));
    }

    String name() {
        return name;
    }

    List<Step> steps(int device) {
        return Collections.unmodifiableList(steps.get(device));
    }
}
