package org.cudaconvnet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The digest of outputs")
class OutputDigestTest {
    /** By sha256sum of the bytes 00 00 80 3f 00 00 c0 7f 00 00 00 80. */
    private static final String ONE_NAN_MINUS_ZERO = "5041831854ad1a894f791a9eae43b8609cf6725fd1725b57e95ea97bdeb8bc50";

    @Test
    void isThatOfLittleEndianElements() {
        assertThat(OutputDigest.of(new float[] {1, Float.NaN, -0f})).isEqualTo(ONE_NAN_MINUS_ZERO);
    }

    @Test
    void isTheSameForEveryNaN() {
        assertThat(OutputDigest.of(new float[] {1, Float.intBitsToFloat(0x7fffffff), -0f})).isEqualTo(ONE_NAN_MINUS_ZERO);
    }

    @Test
    void tellsTheSignsOfZeroApart() {
        assertThat(OutputDigest.of(new float[] {1, Float.NaN, 0f})).isNotEqualTo(ONE_NAN_MINUS_ZERO);
    }
}
