package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.List;

/** Operand of an instruction. */
public sealed interface Operand {
    /** A register, variable, label or function; {@code _} where a result is thrown away. */
    record Name(String name) implements Operand {
    }

    /** A constant: {@code bits} is an integer, or the bits of a binary32 or binary64 number. */
    record Immediate(long bits, Kind kind) implements Operand {
        public enum Kind { INTEGER, BINARY32, BINARY64 }

        public static Immediate ofInteger(long value) {
            return new Immediate(value, Kind.INTEGER);
        }
    }

    /** {@code [base+offset]}; the base is a name or an integer. */
    record Address(Operand base, long offset) implements Operand {
    }

    /** <code>{a, b}</code>. */
    record Vector(List<Operand> elements) implements Operand {
    }

    /** {@code a|b}: two results. */
    record Pair(Operand first, Operand second) implements Operand {
    }

    /** {@code !p}. */
    record Negated(Operand predicate) implements Operand {
    }

    /** {@code (a, b)} of a call. */
    record Group(List<Operand> elements) implements Operand {
    }
}
