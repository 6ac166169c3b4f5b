package org.cudaconvnet.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostMatrixTest {
    private static final float[] ROW_MAJOR = {1, 2, 3, 4, 5, 6};

    @Test
    void rowMajorElementsAreKeptInEitherStorageOrder() {
        HostMatrix columns = HostMatrix.ofRowMajor(2, 3, true, ROW_MAJOR);
        HostMatrix rows = HostMatrix.ofRowMajor(2, 3, false, ROW_MAJOR);
        assertThat(columns.values()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(rows.values()).containsExactly(ROW_MAJOR).isNotSameAs(ROW_MAJOR);
        assertThat(columns.get(1, 0)).isEqualTo(rows.get(1, 0)).isEqualTo(4);
        assertThat(columns.rowMajor()).containsExactly(ROW_MAJOR);
        assertThat(rows.rowMajor()).containsExactly(ROW_MAJOR).isNotSameAs(rows.values());
    }
}
