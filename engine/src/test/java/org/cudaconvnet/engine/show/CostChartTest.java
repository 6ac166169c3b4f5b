package org.cudaconvnet.engine.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostChartTest {
    @Test
    void theChartIsAnSvgElementWithABlackAndARedCurve() {
        String svg = CostChart.svg("cost", List.of(2.3, 2.0, 1.5, 1.0), List.of(1.8, 1.1), 2, 2);
        assertThat(svg).startsWith("<svg").contains("</svg>").contains("rgb(255,0,0)");
    }

    @Test
    void aRunWithoutTestsHasOnlyItsTrainingCurve() {
        assertThat(CostChart.svg("cost", List.of(2.3, 2.0), List.of(), 2, 2)).startsWith("<svg").doesNotContain("rgb(255,0,0)");
    }
}
