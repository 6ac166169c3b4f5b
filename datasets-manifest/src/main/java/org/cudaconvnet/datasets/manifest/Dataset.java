package org.cudaconvnet.datasets.manifest;

import java.util.List;
import org.cudaconvnet.datasets.DatasetException;

/**
 * A data set.
 *
 * @param source where it comes from
 * @param layout which batch numbers its batch files have
 * @param files  the forms in which it is published; empty if none is recorded
 */
public record Dataset(String name, String title, String source, String layout, List<DataFile> files) {

    public DataFile file(String fileName) {
        return files.stream().filter(file -> file.name().equals(fileName)).findFirst()
                .orElseThrow(() -> new DatasetException("file " + fileName + " of data set " + name + ", expected "
                        + (files.isEmpty() ? "none: no files are recorded" : "one of "
                                + String.join(", ", files.stream().map(DataFile::name).toList()))));
    }
}
