package org.cudaconvnet.kernels.gpu.driver.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopOrderTest {
    private static int[] to(int... successors) {
        return successors;
    }

    @Test
    void theRarerSideOfAConditionStandsBeforeThePlaceWhereBothMeet() {
        int[][] conditionWithOneSideAtTheEnd = {to(3, 1), to(2), to(), to(1)};
        assertThat(LoopOrder.of(conditionWithOneSideAtTheEnd)).containsExactly(0, 3, 1, 2);
    }

    @Test
    void aLoopStaysInOnePieceAndItsExitStandsBehindIt() {
        int[][] loopWithExitInTheMiddleAndAPartAtTheEnd = {to(1), to(3, 2), to(4, 1), to(), to(1)};
        assertThat(LoopOrder.of(loopWithExitInTheMiddleAndAPartAtTheEnd)).containsExactly(0, 1, 2, 4, 3);
    }

    @Test
    void innerLoopsStayInOnePieceToo() {
        int[][] inner = {to(1), to(2), to(4, 3), to(2), to(5, 1), to()};
        assertThat(LoopOrder.of(inner)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void whatNothingLeadsToIsLeftOut() {
        assertThat(LoopOrder.of(new int[][] {to(2), to(2), to()})).containsExactly(0, 2);
    }
}
