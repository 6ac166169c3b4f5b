package org.cudaconvnet.engine.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import org.cudaconvnet.engine.config.HostMatrix;
import org.junit.jupiter.api.Test;

class FilterPictureTest {
    @Test
    void filtersStandSixteenInARowWithBlackBordersScaledByTheExtremesOfAll() {
        HostMatrix weights = HostMatrix.zeros(3 * 4, 17, false);
        weights.set(0, 0, -1); // red of the first pixel of the first filter: the smallest
        weights.set(4 + 3, 16, 1); // green of the last pixel of the last filter: the largest
        BufferedImage picture = FilterPicture.draw(weights);
        assertThat(picture.getWidth()).isEqualTo(16 * 3 + 1);
        assertThat(picture.getHeight()).isEqualTo(2 * 3 + 1);
        assertThat(picture.getRGB(0, 0) & 0xffffff).isZero();
        assertThat(picture.getRGB(1, 1) & 0xffffff).isEqualTo(0x008080);
        assertThat(picture.getRGB(2, 5) & 0xffffff).isEqualTo(0x80ff80);
        assertThat(picture.getRGB(4, 4) & 0xffffff).as("no eighteenth filter").isZero();
    }

    @Test
    void weightsThatAreNotThreeSquareChannelsAreRefused() {
        assertThatThrownBy(() -> FilterPicture.draw(HostMatrix.zeros(10, 2, false))).isInstanceOf(IllegalArgumentException.class);
    }
}
