package org.cudaconvnet.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuThreadsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyItemIsDoneOnceBeforeTheCallReturns(int count) {
        try (CpuThreads threads = new CpuThreads(count)) {
            for (int items : new int[] {0, 1, 7, 100, 1001}) {
                AtomicIntegerArray visits = new AtomicIntegerArray(items);
                threads.forEach(items, 3, (from, to) -> {
                    for (int i = from; i < to; i++) {
                        visits.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < items; i++) {
                    assertThat(visits.get(i)).as("item %d", i).isOne();
                }
            }
        }
    }

    @Test
    void aRunInsideARunFinishes() {
        try (CpuThreads threads = new CpuThreads(2)) {
            AtomicIntegerArray visits = new AtomicIntegerArray(16);
            threads.forEach(4, 1, (from, to) -> threads.forEach(4, 1, (start, end) -> visits.incrementAndGet(4 * from + start)));
            assertThat(visits.toString()).isEqualTo("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]");
        }
    }

    @Test
    void helpersThatFellAsleepAreWoken() throws InterruptedException {
        try (CpuThreads threads = new CpuThreads(2)) {
            for (int round = 0; round < 5; round++) {
                Thread.sleep(20);
                CountDownLatch bothTakePart = new CountDownLatch(2);
                threads.forEach(2, 1, (from, to) -> {
                    bothTakePart.countDown();
                    awaitQuietly(bothTakePart);
                });
                assertThat(bothTakePart.getCount()).isZero();
            }
        }
    }

    /** Both pieces wait here for each other, which only two threads can do. */
    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailureReachesTheCaller() {
        try (CpuThreads threads = new CpuThreads(2)) {
            assertThatThrownBy(() -> threads.forEach(10, 1, (from, to) -> {
                if (from == 9) {
                    throw new IllegalStateException("piece 9");
                }
            })).isInstanceOf(IllegalStateException.class).hasMessage("piece 9");
        }
    }

    @Test
    void atLeastOneThreadIsNeeded() {
        assertThatThrownBy(() -> new CpuThreads(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("threads = 0");
    }
}
