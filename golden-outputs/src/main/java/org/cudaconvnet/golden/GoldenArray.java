package org.cudaconvnet.golden;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One array of a golden case as index.json describes it (spec: golden-2012 README).
 *
 * @param name        key in the case's npz, {@code in_*} or {@code out_*}
 * @param columnMajor storage order that the original kept; the file is always C-ordered rows x cols
 * @param inPlace     true if the call changes this input
 * @param shape       null, or the shape of a list of int32 indices, which has no rows and cols
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record GoldenArray(@JsonProperty(value = "array", required = true) String name,
                          @JsonProperty("rows") int rows, @JsonProperty("cols") int cols,
                          @JsonProperty("column_major") boolean columnMajor,
                          @JsonProperty("in_place") boolean inPlace,
                          @JsonProperty("shape") int[] shape) {
    public boolean isIndexList() {
        return shape != null;
    }

    /** The original's parameter name, shared by an input and the output in the same memory. */
    public String parameter() {
        return name.replaceFirst("^(in|out)_", "");
    }
}
