package org.cudaconvnet.engine.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Batch numbers {@code a-b}, inclusive, or a single one (spec: command-line.md section 1). */
public record BatchRange(int first, int last) {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int MOST_BATCHES = 1_000_000;

    public BatchRange {
        if (first > last) {
            throw new IllegalArgumentException("batch range " + first + "-" + last + " is empty");
        }
        if (last - first >= MOST_BATCHES) {
            throw new IllegalArgumentException("batch range " + first + "-" + last + " has more than " + MOST_BATCHES + " batches");
        }
    }

    /** @throws IllegalArgumentException unless {@code text} is {@code a} or {@code a-b} */
    @JsonCreator
    public static BatchRange parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a batch range such as 1-5");
        }
        int first = Integer.parseInt(matcher.group(1));
        return new BatchRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
    }

    public List<Integer> numbers() {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    @Override
    @JsonValue
    public String toString() {
        return first + "-" + last;
    }
}
