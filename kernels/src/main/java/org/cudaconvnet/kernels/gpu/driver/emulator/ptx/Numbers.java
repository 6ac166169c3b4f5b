package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

/** Constants as PTX writes them (PTX ISA, "Constants"). */
final class Numbers {
    private Numbers() {
    }

    static boolean isNumber(String token) {
        return !token.isEmpty() && Character.isDigit(token.charAt(0));
    }

    static Operand.Immediate parse(String token) {
        if (token.matches("0[fF][0-9a-fA-F]{8}")) {
            return new Operand.Immediate(Long.parseLong(token.substring(2), 16), Operand.Immediate.Kind.BINARY32);
        }
        if (token.matches("0[dD][0-9a-fA-F]{16}")) {
            return new Operand.Immediate(Long.parseUnsignedLong(token.substring(2), 16), Operand.Immediate.Kind.BINARY64);
        }
        if (token.contains(".")) {
            return new Operand.Immediate(Double.doubleToRawLongBits(Double.parseDouble(token)), Operand.Immediate.Kind.BINARY64);
        }
        return Operand.Immediate.ofInteger(integer(token));
    }

    static long integer(String token) {
        String digits = token.endsWith("U") ? token.substring(0, token.length() - 1) : token;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            return Long.parseUnsignedLong(digits.substring(2), 16);
        }
        if (digits.startsWith("0b") || digits.startsWith("0B")) {
            return Long.parseUnsignedLong(digits.substring(2), 2);
        }
        boolean octal = digits.length() > 1 && digits.startsWith("0");
        return octal ? Long.parseUnsignedLong(digits, 8) : Long.parseUnsignedLong(digits);
    }
}
