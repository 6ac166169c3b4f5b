package org.cudaconvnet.kernels.gpu.driver.emulator;

/** What one instruction does to every thread of a block: one flat loop over arrays, which the JIT compiler can vectorise. */
interface Loop {
    /** One source. */
    interface Unary<D, A> extends Loop {
        void run(D result, A a, int lanes);
    }

    /** Two sources. */
    interface Binary<D, A, B> extends Loop {
        void run(D result, A a, B b, int lanes);
    }

    /** Three sources. */
    interface Ternary<D, A, B, C> extends Loop {
        void run(D result, A a, B b, C c, int lanes);
    }

    /** Four sources. */
    interface Quaternary<D, A, B, C, E> extends Loop {
        void run(D result, A a, B b, C c, E e, int lanes);
    }
}
