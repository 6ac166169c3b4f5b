package org.cudaconvnet.golden;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;

/** Chooses cases by a glob such as {@code conv*Acts*}, matched with the operation and with the name of the case. */
public final class CaseFilter {
    public static final CaseFilter ALL = new CaseFilter("*");

    private final PathMatcher matcher;

    public CaseFilter(String glob) {
        matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    public boolean accepts(String operation, String name) {
        return matcher.matches(Path.of(operation)) || matcher.matches(Path.of(name));
    }
}
