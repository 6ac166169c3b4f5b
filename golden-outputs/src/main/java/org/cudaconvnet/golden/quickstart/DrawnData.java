package org.cudaconvnet.golden.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.drawn.DrawnArchive;
import org.cudaconvnet.datasets.drawn.DrawnSet;
import org.cudaconvnet.engine.cli.ConversionProgress;
import org.cudaconvnet.engine.recipe.CachedBatches;

/** The drawn data set as batch files, made on the way that any image-folder archive takes. */
record DrawnData(Path batches) {
    static DrawnData in(Path folder) throws IOException {
        List<DrawnSet.Case> cases = DrawnSet.STANDARD.cases();
        String digest = DrawnSet.digest(cases);
        if (!digest.equals(DrawnSet.STANDARD_DIGEST)) {
            throw new DatasetException("drawn data set: SHA-256 of the pixels " + digest + ", expected " + DrawnSet.STANDARD_DIGEST);
        }
        Path archive = folder.resolve("drawn.tar");
        DrawnArchive.write(cases, archive);
        try (ConversionProgress progress = new ConversionProgress("converting")) {
            return new DrawnData(CachedBatches.of(archive, folder, progress).folder());
        }
    }

    BatchDirectory directory() {
        return BatchDirectory.open(batches);
    }

    static String description() {
        return "%d training and %d test images of 32 x 32 in ten classes, drawn by this program".formatted(DrawnSet.STANDARD.trainCases(),
                DrawnSet.STANDARD.testCases());
    }
}
