package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ConvGeometryTest {
    private static ConvGeometry geometry(int channels, int filters, int modules, int paddingStart, int stride, int groups, int[] indices) {
        return new ConvGeometry(8, 8, channels, filters, 3, modules, modules, paddingStart, stride, channels / groups, groups, false,
                indices);
    }

    @Test
    void modulesThatOverhangTheImageAreAllowed() {
        assertThatCode(() -> geometry(3, 16, 4, -1, 2, 1, null)).doesNotThrowAnyException();
        assertThatCode(() -> geometry(3, 16, 6, -1, 2, 1, null)).doesNotThrowAnyException();
    }

    @Test
    void modulesThatLeaveImageColumnsOutAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> geometry(3, 16, 3, -1, 2, 1, null))
                .withMessageContaining("end at 6 of 8 image rows");
    }

    @Test
    void positivePaddingStartIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> geometry(3, 16, 8, 1, 1, 1, null))
                .withMessageContaining("paddingStart = 1: expected zero or negative");
    }

    @Test
    void strideAboveTheFilterSizeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> geometry(3, 16, 8, 0, 4, 1, null))
                .withMessageContaining("moduleStride = 4: expected at most filterSize = 3");
    }

    @Test
    void filtersThatDoNotFillBlocksOf16PerGroupAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> geometry(8, 48, 8, -1, 1, 2, null))
                .withMessageContaining("numFilters = 48: expected a multiple of 16 * numGroups = 32");
    }

    @Test
    void channelsThatDoNotFillTheGroupsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> geometry(9, 32, 8, -1, 1, 2, null))
                .withMessageContaining("numImgColors = 9: expected a multiple of numGroups = 2");
    }

    @Test
    void colourIndicesBeyondTheChannelsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> geometry(4, 32, 8, -1, 1, 2, new int[] {0, 1, 2, 4}))
                .withMessageContaining("colour index 4: expected 0 to 3");
    }
}
