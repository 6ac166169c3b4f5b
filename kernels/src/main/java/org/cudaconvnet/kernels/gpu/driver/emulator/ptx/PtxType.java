package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.Locale;

/** Fundamental types of PTX that registers and variables can have. */
public enum PtxType {
    PRED(1), B8(8), B16(16), B32(32), B64(64), U8(8), U16(16), U32(32), U64(64), S8(8), S16(16), S32(32), S64(64), F16(16), F16X2(32), F32(32), F64(64);

    private final int bits;

    PtxType(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }

    public int bytes() {
        return bits / 8;
    }

    public boolean isFloat() {
        return this == F32 || this == F64;
    }

    public boolean isSigned() {
        return this == S8 || this == S16 || this == S32 || this == S64;
    }

    /** The type of that name such as {@code u32}, or null if it is none. */
    public static PtxType named(String name) {
        for (PtxType type : values()) {
            if (type.ptxName().equals(name)) {
                return type;
            }
        }
        return null;
    }

    public String ptxName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
