package org.cudaconvnet.datasets.numpy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The element types of NumPy arrays that the original's files hold, little-endian. */
enum ElementType {
    BOOLEAN("|b1"), UINT8("|u1"), INT8("|i1"), INT32("<i4"), INT64("<i8"), FLOAT32("<f4"), FLOAT64("<f8");

    final String dtype;
    final int bytes;

    ElementType(String dtype) {
        this.dtype = dtype;
        this.bytes = dtype.charAt(2) - '0';
    }

    /** The type of a NumPy dtype text such as "<f4"; the byte order of one-byte types is ignored, as NumPy does. */
    static ElementType of(String dtype) {
        for (ElementType type : values()) {
            boolean sameOrder = type.bytes == 1 || dtype.startsWith("<");
            if (dtype.length() == 3 && sameOrder && dtype.endsWith(type.dtype.substring(1))) {
                return type;
            }
        }
        throw new IllegalArgumentException("element type " + dtype + ", expected one of "
                + Arrays.stream(values()).map(type -> type.dtype).collect(Collectors.joining(" ")));
    }

    boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    double doubleAt(ByteBuffer values, int index) {
        return switch (this) {
            case FLOAT32 -> values.getFloat(4 * index);
            case FLOAT64 -> values.getDouble(8 * index);
            default -> longAt(values, index);
        };
    }

    long longAt(ByteBuffer values, int index) {
        return switch (this) {
            case BOOLEAN, UINT8 -> values.get(index) & 0xff;
            case INT8 -> values.get(index);
            case INT32 -> values.getInt(4 * index);
            case INT64 -> values.getLong(8 * index);
            default -> throw new IllegalStateException(dtype + " elements are not integers");
        };
    }
}
