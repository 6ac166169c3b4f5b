package org.cudaconvnet.datasets.manifest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.cudaconvnet.datasets.DatasetException;

/** What data sets exist, where they come from and which digests their files have; the content of {@code datasets.json}. */
public record Manifest(List<Dataset> datasets) {
    private static final String RESOURCE = "datasets.json";

    /** The manifest that is part of this program. */
    public static Manifest load() {
        try (InputStream in = Manifest.class.getResourceAsStream(RESOURCE)) {
            return JsonMapper.builder().build().readValue(in, Manifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    public Dataset dataset(String name) {
        return datasets.stream().filter(dataset -> dataset.name().equals(name)).findFirst()
                .orElseThrow(() -> new DatasetException("data set " + name + ", expected one of "
                        + String.join(", ", datasets.stream().map(Dataset::name).toList())));
    }
}
