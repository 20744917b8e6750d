package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Terraform drops a column, with its data, if the schema file no longer has it; for a field of a record, it replaces the table. So no
 * schema may lose anything that a release had. {@code src/test/resources/storage/released} has the schemas of the last release.
 */
class SchemaGrowsTest {

    private static final Path RELEASED = Path.of("src/test/resources/storage/released");

    @ParameterizedTest
    @MethodSource("files")
    void keepsEveryReleasedColumn(String file) {
        assertThat(types("/storage/" + file)).containsAllEntriesOf(types("/storage/released/" + file));
    }

    /** BigQuery rejects a new column that is required, because older rows do not have it. */
    @ParameterizedTest
    @MethodSource("files")
    void requiresNoFurtherColumn(String file) {
        assertThat(required("/storage/released/" + file)).containsAll(required("/storage/" + file));
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> RELEASED.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static Map<String, String> types(String file) {
        Map<String, String> types = new TreeMap<>();
        columns(file)
                .forEach((name, column) ->
                        types.put(name, (column.mode().equals("REPEATED") ? "REPEATED " : "") + column.type()));
        return types;
    }

    private static List<String> required(String file) {
        return columns(file).entrySet().stream()
                .filter(column -> column.getValue().mode().equals("REQUIRED"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The columns and their fields, by name, such as {@code execution.stages.type}. */
    private static Map<String, Column> columns(String file) {
        Map<String, Column> columns = new TreeMap<>();
        addTo(columns, "", Column.of(file));
        return columns;
    }

    private static void addTo(Map<String, Column> all, String prefix, List<Column> columns) {
        for (Column column : columns) {
            all.put(prefix + column.name(), column);
            addTo(all, prefix + column.name() + ".", column.fields());
        }
    }
}
