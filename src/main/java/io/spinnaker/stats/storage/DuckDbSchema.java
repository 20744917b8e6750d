package io.spinnaker.stats.storage;

import java.util.List;
import java.util.stream.Collectors;

/** Translates the tables' schema files, which are in BigQuery's format, for DuckDB. */
final class DuckDbSchema {

    private DuckDbSchema() {}

    /** The column list of {@code CREATE TABLE}. */
    static String columnDdl(List<Column> columns) {
        return columns.stream()
                .map(column -> definition(column) + (column.mode().equals("REQUIRED") ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
    }

    /** The columns without a value, as the select list of one row. */
    static String nulls(List<Column> columns) {
        return columns.stream()
                .map(column -> "NULL::" + fullType(column) + " AS \"" + column.name() + '"')
                .collect(Collectors.joining(", "));
    }

    /** Name and type of a column or field. */
    static String definition(Column column) {
        return '"' + column.name() + "\" " + fullType(column);
    }

    private static String fullType(Column column) {
        String type = column.type().equals("RECORD")
                ? column.fields().stream()
                        .map(DuckDbSchema::definition)
                        .collect(Collectors.joining(", ", "STRUCT(", ")"))
                : type(column);
        return type + (column.mode().equals("REPEATED") ? "[]" : "");
    }

    /** The structure argument of {@code from_json}. */
    static String fromJsonShape(List<Column> columns) {
        return columns.stream()
                .map(column -> {
                    String shape =
                            column.type().equals("RECORD") ? fromJsonShape(column.fields()) : '"' + type(column) + '"';
                    return '"' + column.name() + "\":" + (column.mode().equals("REPEATED") ? "[" + shape + "]" : shape);
                })
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String type(Column column) {
        return switch (column.type()) {
            case "STRING" -> "VARCHAR";
            case "INTEGER" -> "BIGINT";
            case "TIMESTAMP" -> "TIMESTAMPTZ";
            case "DATE" -> "DATE";
            default -> throw new IllegalStateException(column.name() + " has an unsupported type: " + column.type());
        };
    }
}
