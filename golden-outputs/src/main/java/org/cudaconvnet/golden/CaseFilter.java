package org.cudaconvnet.golden;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;
import org.cudaconvnet.engine.InputException;

/** Chooses cases by a glob such as {@code conv*Acts*}, matched with the operation and with the name of the case. */
public final class CaseFilter {
    public static final CaseFilter ALL = new CaseFilter("*");

    private final PathMatcher matcher;

    /** @throws InputException if this is no glob */
    public CaseFilter(String glob) {
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new InputException("glob \"" + glob + "\": " + e.getDescription(), e);
        }
    }

    public boolean accepts(String operation, String name) {
        return matcher.matches(Path.of(operation)) || matcher.matches(Path.of(name));
    }
}
