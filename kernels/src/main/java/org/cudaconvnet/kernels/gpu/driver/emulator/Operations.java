package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The arithmetic and logic instructions by opcode. {@code .ftz} and {@code .sat} of binary32 instructions are no part of the
 * keys: {@link ArithmeticDecoder} puts a flush or a clamp around the plain instruction.
 *
 * <p>Results that are NaN are some quiet NaN in binary32 and binary64, and 0x7fff in half precision. The hardware gives 0x7fffffff
 * in binary32; to put it there would cost the fma instructions, most of all that kernels do, a tenth of the speed or more.
 */
final class Operations {
    private static final Operations ALL = new Operations();

    private final Map<String, Operation> byOpcode = new HashMap<>();

    private Operations() {
        IntLoops.define(this);
        BitLoops.define(this);
        LongLoops.define(this);
        FloatLoops.define(this);
        DoubleLoops.define(this);
        Approximations.define(this);
        Comparisons.define(this);
        Conversions.define(this);
        DirectedLoops.define(this);
        HalfLoops.define(this);
        CarryLoops.define(this);
    }

    /** The operation of an opcode, or null if there is none. */
    static Operation find(String opcode) {
        return ALL.byOpcode.get(opcode);
    }

    static SortedSet<String> opcodes() {
        return new TreeSet<>(ALL.byOpcode.keySet());
    }

    <D, A> void unary(String opcodes, Bank<D> result, Bank<A> a, Loop.Unary<D, A> loop) {
        define(opcodes, new Operation(loop, result, List.of(a)));
    }

    <D, A, B> void binary(String opcodes, Bank<D> result, Bank<A> a, Bank<B> b, Loop.Binary<D, A, B> loop) {
        define(opcodes, new Operation(loop, result, List.of(a, b)));
    }

    <D, A, B, C> void ternary(String opcodes, Bank<D> result, Bank<A> a, Bank<B> b, Bank<C> c, Loop.Ternary<D, A, B, C> loop) {
        define(opcodes, new Operation(loop, result, List.of(a, b, c)));
    }

    <D, A, B, C, E> void quaternary(String opcodes, Bank<D> result, Bank<A> a, Bank<B> b, Bank<C> c, Bank<E> e,
                                    Loop.Quaternary<D, A, B, C, E> loop) {
        define(opcodes, new Operation(loop, result, List.of(a, b, c, e)));
    }

    /** {@code x.{a,b}} stands for {@code x.a} and {@code x.b}. */
    private void define(String opcodes, Operation operation) {
        for (String opcode : expand(opcodes)) {
            if (byOpcode.put(opcode, operation) != null) {
                throw new IllegalStateException(opcode + " is defined twice");
            }
        }
    }

    private static List<String> expand(String pattern) {
        int open = pattern.indexOf('{');
        if (open < 0) {
            return List.of(pattern);
        }
        int close = pattern.indexOf('}', open);
        List<String> expanded = new ArrayList<>();
        for (String choice : pattern.substring(open + 1, close).split(",", -1)) {
            expanded.addAll(expand(pattern.substring(0, open) + choice + pattern.substring(close + 1)));
        }
        return expanded;
    }
}
