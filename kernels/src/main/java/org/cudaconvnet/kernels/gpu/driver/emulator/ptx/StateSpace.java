package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.Locale;

/** State spaces that an access can name; {@link #GENERIC} where it names none. */
public enum StateSpace {
    GLOBAL, CONST, SHARED, LOCAL, PARAM, GENERIC;

    /** The space of that name such as {@code shared}, or null if it is none. */
    public static StateSpace named(String name) {
        for (StateSpace space : values()) {
            if (space != GENERIC && space.name().toLowerCase(Locale.ROOT).equals(name)) {
                return space;
            }
        }
        return null;
    }
}
