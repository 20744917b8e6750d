package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema file, which the page shows to the public. */
class ColumnTest {

    @ParameterizedTest
    @MethodSource("all")
    void everyColumnDescribesItsMeaningAndPurpose(Column column) {
        assertThat(column.name()).matches("[a-z]+(_[a-z]+)*");
        assertThat(column.mode()).isIn("REQUIRED", "NULLABLE", "REPEATED");
        assertThat(column.description()).endsWith(".").hasSizeLessThanOrEqualTo(1024); // BigQuery's limit
        if (column.type().equals("RECORD")) {
            assertThat(column.fields()).isNotEmpty();
        } else {
            assertThat(column.description()).contains("Kept ");
        }
    }

    static Stream<Column> all() {
        return Column.ofEvents().stream().flatMap(ColumnTest::withFields);
    }

    private static Stream<Column> withFields(Column column) {
        return Stream.concat(Stream.of(column), column.fields().stream().flatMap(ColumnTest::withFields));
    }
}
