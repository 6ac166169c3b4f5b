package org.cudaconvnet.engine.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cudaconvnet.engine.NetText.cost;
import static org.cudaconvnet.engine.NetText.sections;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A mistake in how layers pass gradients to one another can hide in nets of few layers. Left out are types that draw in every pass
 * (nrelu, random pooling), and cnorm, whose gradient neglects that the mean depends on its inputs (spec: layers.md section 8.3).
 */
@DisplayName("Gradients of one net of all types agree with finite differences")
class GradientsOfAllTypesTest {
    private static final int CASES = 4;
    private static final float STEP = 0.002f;
    private static final float LIMIT = 0.005f;
    private static final String RATES = "epsW=0.1\nepsB=0.1\nmomW=0.5\nmomB=0.5\nwc=0\n";
    private static final String NORM = "scale=0.5\npow=0.75\n";

    /** Colours of rgb2lab go up to a thousand: unless they are made small, the objective bends and breaks within a step of a weight. */
    private static final String IMAGES = """
            [data]
            type=data
            dataIdx=0
            [labels]
            type=data
            dataIdx=1
            [distributions]
            type=data
            dataIdx=2
            [lab]
            type=rgb2lab
            inputs=data
            [yuv]
            type=rgb2yuv
            inputs=lab
            [resized]
            type=resize
            inputs=yuv
            channels=3
            scale=1.2
            [cropped]
            type=rscale
            inputs=resized
            channels=3
            maxScale=1.25
            tgtSize=4
            [small]
            type=neuron
            inputs=cropped
            neuron=linear[0.003,0]
            """;

    private static final String MAPS = """
            [conv]
            type=conv
            inputs=small
            channels=3
            filters=16
            filterSize=3
            padding=1
            initW=0.3
            partialSum=4
            neuron=tanh[1,0.5]
            [local]
            type=local
            inputs=conv
            channels=16
            filters=16
            filterSize=2
            stride=2
            initW=0.3
            neuron=abs
            [dropped]
            type=hs
            inputs=local
            keep=0.8
            [averages]
            type=pool
            pool=avg
            inputs=conv
            channels=16
            sizeX=2
            stride=2
            [sum]
            type=eltsum
            inputs=averages,dropped
            coeffs=1,0.5
            [larger]
            type=eltmax
            inputs=sum,averages
            [blurred]
            type=blur
            inputs=conv
            channels=16
            filterSize=3
            stdev=1
            [maps]
            type=cmrnorm
            inputs=blurred
            channels=16
            size=3
            [places]
            type=rnorm
            inputs=maps
            channels=16
            size=3
            [maxima]
            type=pool
            pool=max
            inputs=places
            channels=16
            sizeX=3
            stride=2
            [strongest]
            type=pool
            pool=maxabs
            inputs=places
            channels=16
            sizeX=2
            stride=2
            [nails]
            type=nailbed
            inputs=conv
            channels=16
            stride=2
            """;

    private static final String COSTS = """
            [all]
            type=concat
            inputs=larger,maxima,strongest,nails
            [narrow]
            type=fc
            inputs=all
            outputs=8
            initW=0.1
            neuron=softrelu
            [mirrored]
            type=href
            inputs=narrow
            channels=2
            [tree]
            type=treefc
            inputs=mirrored
            initW=0.2
            [probs]
            type=softmax
            inputs=tree
            [units]
            type=fc
            inputs=narrow
            outputs=4
            initW=0.2
            neuron=logistic
            [gate]
            type=fc
            inputs=narrow
            outputs=1
            initW=0.2
            neuron=relu
            initB=2
            [logreg]
            type=cost.logreg
            inputs=labels,probs
            [crossent]
            type=cost.crossent
            inputs=distributions,probs
            [crossent2]
            type=cost.crossent2
            inputs=distributions,units
            [rflickr]
            type=cost.rflickr
            inputs=distributions,tree
            [gsum2]
            type=cost.gsum2
            inputs=gate,units
            [tica]
            type=cost.tica
            inputs=narrow
            channels=2
            sizeX=2
            [msm]
            type=cost.msm
            inputs=labels,tree
            [sum2]
            type=cost.sum2
            inputs=mirrored
            """;

    private static final String PARAMETERS = sections(RATES, "conv", "local", "narrow", "tree", "units", "gate")
            + "[dropped]\nenable=1\n" + sections(NORM, "maps", "places") + cost("logreg", 1) + cost("crossent", 0.5)
            + cost("crossent2", 0.5) + cost("rflickr", 0.5) + cost("gsum2", 0.1) + cost("tica", 0.1) + cost("msm", 0.5)
            + "setSize=2\nthreads=2\n" + cost("sum2", 0.1);

    @Test
    void agree() {
        try (TinyNet tiny = new TinyNet(IMAGES + MAPS + COSTS, PARAMETERS, 3 * 6 * 6, CASES)) {
            List<GradientCheck.Result> results = new GradientCheck(tiny.net, tiny.data, CASES, STEP).run();
            assertThat(results).hasSize(12).allSatisfy(result -> {
                assertThat(result.analyticNorm()).as(result.toString()).isPositive();
                assertThat(result.relativeError()).as(result.toString()).isLessThan(LIMIT);
            });
        }
    }
}
