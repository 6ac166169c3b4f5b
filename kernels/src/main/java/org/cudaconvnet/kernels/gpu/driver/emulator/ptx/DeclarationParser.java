package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads declarations of variables and parameters. */
final class DeclarationParser {
    private final Tokens tokens;

    DeclarationParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** A parameter list in parentheses. */
    List<PtxVariable> parameters() {
        List<PtxVariable> parameters = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.takeIf(")")) {
            Header header = header();
            if (header.space != StateSpace.PARAM) {
                throw tokens.error("parameter in registers: expected .param");
            }
            parameters.add(variable(header));
            tokens.takeIf(",");
        }
        return parameters;
    }

    /** A statement that declares one or more variables. */
    List<PtxVariable> variables() {
        List<PtxVariable> variables = new ArrayList<>();
        Header header = header();
        do {
            variables.add(variable(header));
        } while (tokens.takeIf(","));
        tokens.expect(";");
        return variables;
    }

    private record Header(StateSpace space, PtxType type, int elements, int align) {
    }

    private Header header() {
        StateSpace space = directive() ? StateSpace.named(tokens.peek().substring(1)) : null;
        if (space == null) {
            throw tokens.error("found \"" + tokens.peek() + "\", expected a directive that the emulator knows");
        }
        tokens.take();
        int align = 0;
        int elements = 1;
        PtxType type = null;
        while (directive()) {
            String word = tokens.take();
            switch (word) {
                case ".align" -> align = (int) tokens.takeInteger();
                case ".ptr", ".global", ".const", ".shared", ".local" -> { }
                case ".v2" -> elements = 2;
                case ".v4" -> elements = 4;
                default -> {
                    type = PtxType.named(word.substring(1));
                    if (type == null || type == PtxType.PRED) {
                        throw tokens.error("\"" + word + "\" is no type of a variable that the emulator knows");
                    }
                }
            }
        }
        if (type == null) {
            throw tokens.error("a variable without a type");
        }
        return new Header(space, type, elements, Math.max(align, type.bytes() * elements));
    }

    private boolean directive() {
        return tokens.peek().length() > 1 && tokens.peek().startsWith(".");
    }

    private PtxVariable variable(Header header) {
        String name = tokens.take();
        long count = header.elements;
        boolean open = false;
        while (tokens.takeIf("[")) {
            if (tokens.takeIf("]")) {
                open = true;
            } else {
                count *= tokens.takeInteger();
                tokens.expect("]");
            }
        }
        byte[] initial = tokens.takeIf("=") ? initial(header.type) : null;
        long bytes = open ? initial == null ? 0 : initial.length : count * header.type.bytes();
        return new PtxVariable(name, header.space, header.type, header.align, bytes, initial);
    }

    private byte[] initial(PtxType type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int depth = 0;
        do {
            if (tokens.takeIf("{")) {
                depth++;
            } else if (tokens.takeIf("}")) {
                depth--;
            } else if (!tokens.takeIf(",")) {
                append(bytes, type);
            }
        } while (depth > 0);
        return bytes.toByteArray();
    }

    private void append(ByteArrayOutputStream bytes, PtxType type) {
        boolean negative = tokens.takeIf("-");
        if (!Numbers.isNumber(tokens.peek())) {
            throw tokens.error("initial value \"" + tokens.peek() + "\": the emulator takes numbers only");
        }
        long bits = bits(Numbers.parse(tokens.take()), type, negative);
        for (int i = 0; i < type.bytes(); i++) {
            bytes.write((int) (bits >>> 8 * i));
        }
    }

    private static long bits(Operand.Immediate number, PtxType type, boolean negative) {
        if (number.kind() == Operand.Immediate.Kind.INTEGER) {
            long value = negative ? -number.bits() : number.bits();
            return switch (type) {
                case F32 -> Float.floatToRawIntBits(value);
                case F64 -> Double.doubleToRawLongBits(value);
                default -> value;
            };
        }
        double value = number.kind() == Operand.Immediate.Kind.BINARY32
                ? Float.intBitsToFloat((int) number.bits()) : Double.longBitsToDouble(number.bits());
        double signed = negative ? -value : value;
        return type == PtxType.F32 ? Float.floatToRawIntBits((float) signed) : Double.doubleToRawLongBits(signed);
    }
}
