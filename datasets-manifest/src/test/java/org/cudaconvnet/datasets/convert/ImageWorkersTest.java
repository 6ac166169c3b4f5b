package org.cudaconvnet.datasets.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.cudaconvnet.datasets.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageWorkersTest {
    private static final Conversion.Progress NONE = (done, total) -> { };

    @Test
    void allImagesAreDoneAtTheEnd() {
        AtomicInteger done = new AtomicInteger();
        try (ImageWorkers workers = new ImageWorkers(100, NONE)) {
            for (int i = 0; i < 100; i++) {
                workers.execute("image " + i, done::incrementAndGet);
            }
            workers.finish();
        }
        assertThat(done).hasValue(100);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(classes = {IOException.class, IllegalStateException.class, DatasetException.class})
    void everyKindOfFailureEndsTheConversion(Class<? extends Exception> kind) {
        try (ImageWorkers workers = new ImageWorkers(1, NONE)) {
            workers.execute("image 7", () -> fail(kind));
            assertThatThrownBy(workers::finish).isInstanceOf(DatasetException.class).hasMessageContaining("broken");
        } catch (DatasetException reportedAtOnce) {
            assertThat(reportedAtOnce).hasMessageContaining("broken");
        }
    }

    private static void fail(Class<? extends Exception> kind) throws IOException {
        if (kind == IOException.class) {
            throw new IOException("broken");
        }
        throw kind == DatasetException.class ? new DatasetException("broken") : new IllegalStateException("broken");
    }
}
