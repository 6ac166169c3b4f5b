package org.cudaconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.cudaconvnet.kernels.cpu.CpuBackend;
import org.junit.jupiter.api.Test;

class ConvPreconditionsTest {
    private final Backend backend = new CpuBackend("cpu:0", 1, Set.of());

    private static ConvGeometry geometry(int channels, int groups, int[] indices) {
        return new ConvGeometry(4, 4, channels, 16 * groups, 3, 4, 4, -1, 1, channels / groups, groups, false, indices);
    }

    private Matrix matrix(int rows, int cols) {
        return backend.allocate(rows, cols, false);
    }

    @Test
    void filterActsAcceptSixChannelsButWeightActsDoNot() {
        ConvGeometry six = geometry(6, 1, null);
        Matrix images = matrix(6 * 16, 2);
        Matrix hidActs = matrix(16 * 16, 2);
        Matrix filters = matrix(6 * 9, 16);
        assertThatCode(() -> ConvPreconditions.checkFilterActs(images, filters, hidActs, six)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> ConvPreconditions.checkWeightActs(images, hidActs, filters, six, 16))
                .withMessageContaining("weightActs: numFilterColors = 6").withMessageContaining("expected a multiple of 4");
    }

    @Test
    void anOddNumberOfChannelsAboveThreeIsRefused() {
        ConvGeometry five = geometry(5, 1, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvPreconditions.checkFilterActs(matrix(80, 2), matrix(45, 16), matrix(256, 2), five))
                .withMessageContaining("numFilterColors = 5");
    }

    @Test
    void aTargetOfWrongShapeIsNamedWithBothShapes() {
        ConvGeometry geometry = geometry(3, 1, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvPreconditions.checkFilterActs(matrix(48, 2), matrix(27, 16), matrix(255, 2), geometry))
                .withMessage("targets is 255 x 2 row-major: expected 256 x 2 row-major");
    }

    @Test
    void stridedImagesAreAcceptedButStridedHidActsAreNot() {
        ConvGeometry geometry = geometry(3, 1, null);
        Matrix images = matrix(48, 9).columns(2, 4);
        Matrix hidActs = matrix(256, 9).columns(2, 4);
        assertThatCode(() -> ConvPreconditions.checkFilterActs(images, matrix(27, 16), matrix(256, 2), geometry))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvPreconditions.checkWeightActs(images, hidActs, matrix(27, 16), geometry, 16))
                .withMessageContaining("hidActs").withMessageContaining("no gaps");
    }

    @Test
    void partialSumMustDivideTheModules() {
        ConvGeometry geometry = geometry(3, 1, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvPreconditions.checkWeightActs(matrix(48, 2), matrix(256, 2), matrix(27, 16), geometry, 3))
                .withMessageContaining("partialSum = 3: expected 0 or a divisor of the 16 modules");
    }

    @Test
    void aChannelThatASampleSeesTwiceIsRefused() {
        ConvGeometry twice = geometry(8, 2, new int[] {0, 1, 2, 3, 3, 5, 6, 7});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvPreconditions.checkImgActs(matrix(512, 2), matrix(36, 32), matrix(128, 2), twice))
                .withMessageContaining("colour index 3 occurs twice in sample 0");
    }
}
