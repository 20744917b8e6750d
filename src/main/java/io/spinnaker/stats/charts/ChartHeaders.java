package io.spinnaker.stats.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a chart's file: its first lines, each of the form {@code -- key: value}. All errors name the file, and
 * say what to write.
 */
final class ChartHeaders {

    private static final Pattern HEADER = Pattern.compile("-- ([a-z-]+): (.+)");

    private final String file;
    private final Map<String, List<String>> unread = new LinkedHashMap<>();

    private ChartHeaders(String file) {
        this.file = file;
    }

    static ChartHeaders parse(String file, String text) {
        ChartHeaders headers = new ChartHeaders(file);
        for (String line : text.lines().toList()) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                break;
            }
            headers.unread
                    .computeIfAbsent(header.group(1), key -> new ArrayList<>())
                    .add(header.group(2).strip());
        }
        return headers;
    }

    /** Reads a header; null if the file does not have it. */
    @Nullable
    String optional(String key) {
        List<String> values = all(key);
        if (values.size() > 1) {
            throw error("has the header \"%s\" twice".formatted(key));
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Reads a header that a file may have several times. */
    List<String> all(String key) {
        List<String> values = unread.remove(key);
        return values == null ? List.of() : values;
    }

    /** Reads a header that every chart has. */
    String required(String key) {
        String value = optional(key);
        if (value == null) {
            throw error("lacks the header \"%s\"; add a line -- %s: … at its top".formatted(key, key));
        }
        return value;
    }

    /** Reads a header that every chart has, and whose value is the name of a constant, in lower case. */
    <E extends Enum<E>> E required(String key, Class<E> type) {
        return constant(key, required(key), type);
    }

    /** Reads a header that every chart has, and whose value is one or several names of constants, separated by commas. */
    <E extends Enum<E>> List<E> requiredList(String key, Class<E> type) {
        return Arrays.stream(required(key).split(", *"))
                .map(name -> constant(key, name, type))
                .toList();
    }

    private <E extends Enum<E>> E constant(String key, String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> nameOf(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> error("has the header \"%s: %s\"; expected one of %s"
                        .formatted(
                                key,
                                name,
                                Arrays.stream(type.getEnumConstants())
                                        .map(ChartHeaders::nameOf)
                                        .toList())));
    }

    /** Fails if the file has a header that was not read, such as one that is misspelled. */
    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw error("has unknown headers: " + String.join(", ", unread.keySet()));
        }
    }

    /** The name of a constant as headers and published files have it. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    IllegalArgumentException error(String problem) {
        return new IllegalArgumentException(file + " " + problem);
    }
}
