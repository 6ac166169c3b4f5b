package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a module's text, read from front to back; comments are left out. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<skip>\\s+|//[^\\n]*|/\\*.*?\\*/)"
            + "|\"[^\"\\n]*\"|\\d+\\.\\d*(?:[eE][+-]?\\d+)?(?![\\w$])|[\\w$%.][\\w$%.]*(?:::[\\w.]+)*|[^\\s]", Pattern.DOTALL);
    private static final String END = "";

    private final String module;
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private int next;

    Tokens(String module, String text) {
        this.module = module;
        Matcher matcher = TOKEN.matcher(text);
        int line = 1;
        while (matcher.find()) {
            String token = matcher.group();
            if (matcher.group("skip") == null) {
                texts.add(token);
                lines.add(line);
            }
            line += (int) token.chars().filter(c -> c == '\n').count();
        }
        texts.add(END);
        lines.add(line);
    }

    String module() {
        return module;
    }

    /** Line of the token that comes next. */
    int line() {
        return lines.get(next);
    }

    boolean atEnd() {
        return peek().equals(END);
    }

    String peek() {
        return texts.get(next);
    }

    String peekSecond() {
        return next + 1 < texts.size() ? texts.get(next + 1) : END;
    }

    String take() {
        if (atEnd()) {
            throw error("the text ends in the middle of a statement");
        }
        return texts.get(next++);
    }

    /** Takes the next token if it is this one. */
    boolean takeIf(String token) {
        if (!peek().equals(token)) {
            return false;
        }
        next++;
        return true;
    }

    void expect(String token) {
        if (!takeIf(token)) {
            throw error("found \"" + peek() + "\", expected \"" + token + "\"");
        }
    }

    /** Leaves out the rest of the line of the token taken last. */
    void skipLine() {
        int line = lines.get(next - 1);
        while (!atEnd() && line() == line) {
            next++;
        }
    }

    /** An integer with optional sign. */
    long takeInteger() {
        if (takeIf("-")) {
            return -takeInteger();
        }
        int line = line();
        String text = take();
        try {
            return Numbers.integer(text);
        } catch (NumberFormatException e) {
            throw new PtxException(module, line, "found \"" + text + "\", expected an integer");
        }
    }

    PtxException error(String problem) {
        return new PtxException(module, line(), problem);
    }
}
