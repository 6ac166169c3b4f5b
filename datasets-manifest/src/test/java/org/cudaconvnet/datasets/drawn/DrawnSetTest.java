package org.cudaconvnet.datasets.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrawnSetTest {
    @Test
    void theStandardSetHasThePixelsOfItsDigestOnEveryVirtualMachine() {
        assertThat(DrawnSet.digest(DrawnSet.STANDARD.cases())).isEqualTo(DrawnSet.STANDARD_DIGEST);
    }

    @Test
    void anotherSeedDrawsOtherPixels() {
        assertThat(DrawnSet.digest(new DrawnSet(1, 20, 10).cases())).isNotEqualTo(DrawnSet.digest(new DrawnSet(2, 20, 10).cases()));
    }

    @Test
    void everyClassHasTheSameNumberOfTrainingAndOfTestImages() {
        List<DrawnSet.Case> cases = new DrawnSet(2012, 100, 50).cases();
        assertThat(cases.stream().collect(Collectors.groupingBy(
                image -> image.drawnClass().label() + (image.test() ? " test" : " train"), Collectors.counting())))
                .hasSize(20)
                .allSatisfy((name, count) -> assertThat(count).isEqualTo(name.endsWith("test") ? 5 : 10));
    }

    @Test
    void aLinearClassifierOnThePixelsStaysFarFromTheAnswer() {
        List<DrawnSet.Case> cases = new DrawnSet(2012, 4_000, 1_000).cases();
        LinearClassifier linear = new LinearClassifier(cases.subList(0, 4_000), 8, 0.01f);
        assertThat(linear.error(cases.subList(4_000, 5_000))).isGreaterThan(0.8);
    }

    @Test
    void theLinearClassifierIsAbleToLearn() {
        List<DrawnSet.Case> few = new DrawnSet(2012, 100, 0).cases();
        assertThat(new LinearClassifier(few, 120, 0.01f).error(few)).isLessThan(0.1);
    }
}
