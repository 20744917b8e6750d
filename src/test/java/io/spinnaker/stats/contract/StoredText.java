package io.spinnaker.stats.contract;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules for text as regular expressions. */
public final class StoredText {

    private static final String NONCHARACTERS = IntStream.rangeClosed(0, 16)
            .mapToObj(plane -> "\\x{%1$xFFFE}\\x{%1$xFFFF}".formatted(plane))
            .collect(Collectors.joining("", "\\x{FDD0}-\\x{FDEF}", ""));

    /** A character that is never stored. */
    public static final Pattern UNSAFE = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}" + NONCHARACTERS + "]");

    private static final Pattern BRACKET_AT_START = Pattern.compile("^([\\p{Zs}\\p{Mn}\\p{Me}\\x{2800}]*)\\p{Ps}");

    private StoredText() {}

    /** Returns what is stored of a text that a client sends. */
    public static String of(String sent) {
        String cut = sent.codePointCount(0, sent.length()) <= 255
                ? sent
                : sent.substring(0, sent.offsetByCodePoints(0, 255));
        String safe = UNSAFE.matcher(cut).replaceAll("\uFFFD");
        return BRACKET_AT_START.matcher(safe).replaceFirst("$1\uFFFD");
    }
}
