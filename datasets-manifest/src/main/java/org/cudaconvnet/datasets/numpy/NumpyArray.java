package org.cudaconvnet.datasets.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An immutable NumPy array of at most 2^31 - 1 bytes. Elements are little-endian; whatever the storage order, the accessors
 * deliver a fresh copy in C order (last index fastest).
 */
public final class NumpyArray {
    private final ElementType type;
    private final int[] shape;
    private final boolean fortranOrder;
    private final byte[] storage;

    private NumpyArray(ElementType type, int[] shape, boolean fortranOrder, byte[] storage) {
        this.type = type;
        this.shape = shape.clone();
        this.fortranOrder = fortranOrder;
        this.storage = storage;
        long expected = byteCount(type, shape);
        if (storage.length != expected) {
            throw new IllegalArgumentException(storage.length + " bytes for " + this + ", expected " + expected);
        }
    }

    /**
     * Wraps stored elements.
     *
     * @param dtype   NumPy's text for the element type: |b1 |u1 |i1 <i4 <i8 <f4 <f8
     * @param storage little-endian elements in C or Fortran order; not copied, must not be changed any more
     */
    public static NumpyArray of(String dtype, int[] shape, boolean fortranOrder, byte[] storage) {
        return new NumpyArray(ElementType.of(dtype), shape, fortranOrder, storage);
    }

    public static NumpyArray ofFloats(float[] cOrder, int... shape) {
        ByteBuffer storage = littleEndian(new byte[Math.multiplyExact(4, cOrder.length)]);
        storage.asFloatBuffer().put(cOrder);
        return new NumpyArray(ElementType.FLOAT32, shape, false, storage.array());
    }

    public static NumpyArray ofDoubles(double[] cOrder, int... shape) {
        ByteBuffer storage = littleEndian(new byte[Math.multiplyExact(8, cOrder.length)]);
        storage.asDoubleBuffer().put(cOrder);
        return new NumpyArray(ElementType.FLOAT64, shape, false, storage.array());
    }

    public static NumpyArray ofInts(int[] cOrder, int... shape) {
        ByteBuffer storage = littleEndian(new byte[Math.multiplyExact(4, cOrder.length)]);
        storage.asIntBuffer().put(cOrder);
        return new NumpyArray(ElementType.INT32, shape, false, storage.array());
    }

    public static NumpyArray ofLongs(long[] cOrder, int... shape) {
        ByteBuffer storage = littleEndian(new byte[Math.multiplyExact(8, cOrder.length)]);
        storage.asLongBuffer().put(cOrder);
        return new NumpyArray(ElementType.INT64, shape, false, storage.array());
    }

    /** An array of unsigned bytes (|u1). */
    public static NumpyArray ofBytes(byte[] cOrder, int... shape) {
        return new NumpyArray(ElementType.UINT8, shape, false, cOrder.clone());
    }

    /** NumPy's text for the element type, such as "<f4" or "|u1". */
    public String dtype() {
        return type.dtype;
    }

    public boolean isFloating() {
        return type.isFloating();
    }

    public int[] shape() {
        return shape.clone();
    }

    /** Whether the elements are stored with the first index fastest. */
    public boolean fortranOrder() {
        return fortranOrder;
    }

    public int size() {
        return storage.length / type.bytes;
    }

    /** The little-endian elements in storage order; shared, must not be changed. */
    byte[] storage() {
        return storage;
    }

    /** All elements as binary32, rounded where the type is wider. */
    public float[] floats() {
        float[] floats = new float[size()];
        ByteBuffer values = littleEndian(storage);
        forEachInCOrder((position, stored) -> floats[position] = (float) type.doubleAt(values, stored));
        return floats;
    }

    public double[] doubles() {
        double[] doubles = new double[size()];
        ByteBuffer values = littleEndian(storage);
        forEachInCOrder((position, stored) -> doubles[position] = type.doubleAt(values, stored));
        return doubles;
    }

    /** All elements of an integer or Boolean array. */
    public int[] ints() {
        int[] ints = new int[size()];
        ByteBuffer values = littleEndian(storage);
        forEachInCOrder((position, stored) -> ints[position] = Math.toIntExact(type.longAt(values, stored)));
        return ints;
    }

    /** All elements of an array of one-byte elements. */
    public byte[] bytes() {
        if (type.bytes != 1) {
            throw new IllegalStateException(type.dtype + " elements are not bytes");
        }
        if (!fortranOrder) {
            return storage.clone();
        }
        byte[] bytes = new byte[size()];
        forEachInCOrder((position, stored) -> bytes[position] = storage[stored]);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumpyArray array && type == array.type && Arrays.equals(shape, array.shape)
                && Arrays.equals(inCOrder().storage, array.inCOrder().storage);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return "array of " + type.dtype + " " + Arrays.toString(shape);
    }

    static long byteCount(ElementType type, int[] shape) {
        long count = type.bytes;
        for (int extent : shape) {
            if (extent < 0 || extent > 0 && count > Long.MAX_VALUE / extent) {
                throw new IllegalArgumentException("array of shape " + Arrays.toString(shape) + ", expected extents that an array can have");
            }
            count *= extent;
        }
        return count;
    }

    private NumpyArray inCOrder() {
        if (!fortranOrder) {
            return this;
        }
        byte[] cOrder = new byte[storage.length];
        forEachInCOrder((position, stored) ->
                System.arraycopy(storage, stored * type.bytes, cOrder, position * type.bytes, type.bytes));
        return new NumpyArray(type, shape, false, cOrder);
    }

    @FunctionalInterface
    private interface Element {
        void at(int position, int stored);
    }

    /** Visits all elements: position in C order, index in storage order. */
    private void forEachInCOrder(Element element) {
        int size = size();
        if (!fortranOrder) {
            for (int i = 0; i < size; i++) {
                element.at(i, i);
            }
            return;
        }
        int[] index = new int[shape.length];
        int[] step = new int[shape.length];
        for (int axis = 0, product = 1; axis < shape.length; product *= shape[axis++]) {
            step[axis] = product;
        }
        int stored = 0;
        for (int position = 0; position < size; position++) {
            element.at(position, stored);
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                stored += step[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                stored -= step[axis] * shape[axis];
                index[axis] = 0;
            }
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
