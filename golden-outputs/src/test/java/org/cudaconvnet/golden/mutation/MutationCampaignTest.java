package org.cudaconvnet.golden.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.cudaconvnet.golden.GoldenSets;
import org.cudaconvnet.golden.kernelcases.KernelSet;
import org.cudaconvnet.golden.mutation.KernelMutation.Kind;
import org.cudaconvnet.golden.mutation.MutationResult.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("A fault in the PTX of any convolution kernel fails one of its golden cases")
class MutationCampaignTest {
    private static final KernelSet SET = (KernelSet) GoldenSets.find(Path.of("golden-kernels")).get(0);
    private static final Equivalents EQUIVALENTS = Equivalents.load();

    @Test
    void inASample() {
        MutationCampaign campaign = new MutationCampaign(KernelText.convolutions(), EnumSet.allOf(Kind.class));
        campaign.sample(2, 2012);
        assertThat(of(run(campaign), Outcome.SURVIVED)).isEmpty();
    }

    @Test
    @Tag("slow")
    void unlessItIsAnEquivalentProgramThatIsListed() {
        List<MutationResult> results = run(new MutationCampaign(KernelText.convolutions(), EnumSet.allOf(Kind.class)));
        assertThat(of(results, Outcome.SURVIVED)).isEmpty();
        List<KernelMutation> equivalent = of(results, Outcome.EQUIVALENT);
        assertThat(equivalent).allMatch(mutation -> mutation.kind() == Kind.CONSTANT);
        // An instruction may stand in several places of a kernel.
        assertThat(equivalent.stream().map(mutation -> mutation.kernel().name() + mutation.description()).distinct())
                .as("the list holds no others").hasSize(EQUIVALENTS.size());
    }

    private static List<MutationResult> run(MutationCampaign campaign) {
        List<MutationResult> results = campaign.run(SET, EQUIVALENTS, 2, result -> { });
        assertThat(results).hasSize(campaign.size());
        return results;
    }

    private static List<KernelMutation> of(List<MutationResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).map(MutationResult::mutation).toList();
    }
}
