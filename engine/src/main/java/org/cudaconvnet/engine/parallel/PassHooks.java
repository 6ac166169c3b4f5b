package org.cudaconvnet.engine.parallel;

/** Where tests observe or disturb a pass. The methods are called on the thread of the device; what they throw stops the pass. */
public interface PassHooks {
    /** Nothing is observed. */
    PassHooks NONE = new PassHooks() {
    };

    /** Before each step of a device. */
    default void beforeStep(String device, String pass, String layer) {
    }

    /** In place of each copy between devices; {@code copy} makes it. */
    default void transfer(Transfer transfer, Runnable copy) {
        copy.run();
    }
}
