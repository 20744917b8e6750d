package io.spinnaker.stats.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.storage.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fills in the page about the collected data: the table of all fields, from the schema that the table in BigQuery is created
 * from, and the settings of this deployment.
 */
final class CollectedFields {

    /** The end of a description says why the field is kept. */
    private static final Pattern PURPOSE = Pattern.compile("\\bKept (to|because) ");

    /** Ids and hashes are used to count and deduplicate, but nothing is published about a single one. */
    private static final Pattern IDENTIFIER = Pattern.compile("SHA-256|UUID");

    private static final String OWNERS = """
            the owners, as <a href="https://github.com/spinnaker/stats/blob/main/SECURITY.md">the security policy</a> describes""";

    private CollectedFields() {}

    /**
     * A field.
     *
     * @param path its name, after the names of the records that contain it
     */
    private record Field(String path, Column column) {

        boolean isRecord() {
            return column.type().equals("RECORD");
        }
    }

    /** Fills in the rows, the number of fields and an example of an event. */
    static String fill(String page, String example) {
        List<Field> fields = Column.ofEvents().stream()
                .flatMap(column -> flatten("", column))
                .toList();
        long count = fields.stream().filter(field -> !field.isRecord()).count();
        return page.replace("<!--fields-->", bodies(fields))
                .replace("<!--fieldCount-->", String.valueOf(count))
                .replace("<!--example-->", escape(example.strip()));
    }

    /**
     * The settings of this deployment that the page states, as HTML by part.
     *
     * @param index {@code index.json}; empty before the first publication
     */
    static Map<String, String> settings(JsonNode index) {
        Map<String, String> parts = new TreeMap<>();
        JsonNode days = index.path("retentionDays");
        parts.put("threshold", index.path("threshold").asText("a few"));
        parts.put(
                "retention",
                days.isInt()
                        ? "for " + days.asInt() + " days after arrival; then all events of that day are deleted"
                        : index.isEmpty() ? "as long as the owners decide" : "indefinitely; no retention limit is set");
        String contact = index.path("contact").asText("");
        parts.put("contact", contact.isEmpty() ? OWNERS : link(contact));
        JsonNode licence = index.path("licence");
        parts.put(
                "licence",
                index.isEmpty()
                        ? "that each file names"
                        : "<a href=\"%s\">%s</a>"
                                .formatted(
                                        escape(licence.path("url").asText()),
                                        escape(licence.path("name").asText())));
        return parts;
    }

    /** A link to an e-mail address or a web page. */
    private static String link(String contact) {
        String escaped = escape(contact);
        return "<a href=\"%s%s\">%s</a>".formatted(contact.matches("https?://.*") ? "" : "mailto:", escaped, escaped);
    }

    private static Stream<Field> flatten(String prefix, Column column) {
        Field field = new Field(prefix + column.name(), column);
        return Stream.concat(
                Stream.of(field), column.fields().stream().flatMap(each -> flatten(field.path() + ".", each)));
    }

    /** A body for each record. Roles are explicit, because narrow screens show cells as blocks, which removes implicit roles. */
    private static String bodies(List<Field> fields) {
        List<StringBuilder> bodies = new ArrayList<>();
        for (Field field : fields) {
            if (field.isRecord() || bodies.isEmpty()) {
                bodies.add(new StringBuilder("<tbody role=\"rowgroup\">"));
            }
            bodies.getLast().append(field.isRecord() ? recordRow(field) : row(field));
        }
        return String.join("</tbody>", bodies) + "</tbody>";
    }

    private static String recordRow(Field field) {
        return """
                <tr role="row" class="record"><th role="rowheader" scope="rowgroup" colspan="4">%s<span class="record-meaning">%s</span></th></tr>""".formatted(name(field), escape(field.column().description()));
    }

    private static String row(Field field) {
        String description = field.column().description();
        Matcher matcher = PURPOSE.matcher(description);
        int purpose = matcher.find() ? matcher.start() : description.length();
        String type = field.column().type().toLowerCase(Locale.ROOT)
                + (field.column().mode().equals("NULLABLE") ? ", optional" : "");
        return """
                <tr role="row"><th role="rowheader" scope="row">%s<span class="hint">%s</span></th>\
                <td role="cell">%s</td><td role="cell">%s</td><td role="cell">%s</td></tr>""".formatted(
                        name(field),
                        type,
                        escape(description.substring(0, purpose).strip()),
                        escape(description.substring(purpose)),
                        IDENTIFIER.matcher(description).find()
                                ? "Owners only; never public"
                                : "Owners; data readers, reduced; publicly only as aggregate counts");
    }

    /** A long name can wrap after a dot. */
    private static String name(Field field) {
        return "<code>" + field.path().replace(".", ".<wbr>") + "</code>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
