package org.cudaconvnet.golden.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Each constant among the operands of an instruction changed by the smallest step that means something: an address by one access,
 * so that it stays aligned; a mask by its lowest bit, as the bits below are mostly zero anyway; the reciprocal in a division by
 * multiplication to its half, as the next integer gives the same quotients; a number by one.
 */
final class ChangedConstants {
    private static final Pattern CONSTANT = Pattern.compile("0[fF][0-9A-Fa-f]{8}|(?<![\\w%.$])-?\\d+(?!\\w)");
    private static final Pattern ACCESS = Pattern.compile("(?:ld|st)\\..*?(\\.v[24])?\\.[a-z](\\d+)");

    private ChangedConstants() {
    }

    /** The operands with one constant changed, for each constant. */
    static List<String> of(String opcode, String operands) {
        List<String> changed = new ArrayList<>();
        Matcher constant = CONSTANT.matcher(operands);
        while (constant.find()) {
            changed.add(operands.substring(0, constant.start()) + change(opcode, constant.group()) + operands.substring(constant.end()));
        }
        return changed;
    }

    private static String change(String opcode, String constant) {
        if (constant.startsWith("0f") || constant.startsWith("0F")) {
            float value = Float.intBitsToFloat(Integer.parseUnsignedInt(constant.substring(2), 16));
            return String.format("0f%08X", Float.floatToRawIntBits(value + 1));
        }
        long value = Long.parseLong(constant);
        if (opcode.endsWith(".pred")) {
            return value == 0 ? "-1" : "0";
        }
        if (opcode.startsWith("ld.") || opcode.startsWith("st.")) {
            return Long.toString(value + accessBytes(opcode));
        }
        if (opcode.startsWith("and.")) {
            return Long.toString(value & value - 1);
        }
        return Long.toString(opcode.startsWith("mul.hi.") ? value / 2 : value + 1);
    }

    private static int accessBytes(String opcode) {
        Matcher access = ACCESS.matcher(opcode);
        if (!access.matches()) {
            throw new IllegalArgumentException(opcode + ": expected a load or store with its type");
        }
        int elements = access.group(1) == null ? 1 : access.group(1).charAt(2) - '0';
        return elements * Integer.parseInt(access.group(2)) / Byte.SIZE;
    }
}
