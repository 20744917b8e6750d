package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.ArrayType;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.PreparedQuery;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.StructType;
import com.google.zetasql.StructType.StructField;
import com.google.zetasql.TableContent;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.Value;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.LanguageFeature;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLType.TypeKind;
import io.spinnaker.stats.contract.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** GoogleSQL over rows in memory, with BigQuery's type checks. */
final class GoogleSql {

    private final SimpleCatalog catalog = new SimpleCatalog("stats");
    private final Map<String, SimpleTable> tables = new HashMap<>();
    private final Map<String, TableContent> contents = new HashMap<>();
    private final AnalyzerOptions options = new AnalyzerOptions();

    GoogleSql() {
        LanguageOptions language = new LanguageOptions().enableMaximumLanguageFeatures();
        language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
        language.enableLanguageFeature(LanguageFeature.FEATURE_INTERVAL_TYPE); // as BigQuery has it
        language.setSupportsAllStatementKinds();
        options.setLanguageOptions(language);
        options.setDefaultTimezone("UTC"); // as BigQuery has it
        catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
    }

    /** Replaces a table by the given rows, each a JSON object. */
    void table(String name, List<Column> columns, List<JsonNode> rows) {
        if (!tables.containsKey(name)) {
            SimpleTable table = new SimpleTable(
                    name,
                    columns.stream()
                            .map(column -> new SimpleColumn(name, column.name(), type(column)))
                            .toList());
            tables.put(name, table);
            catalog.addSimpleTable(table);
        }
        contents.put(
                name,
                TableContent.create(rows.stream()
                        .map(row -> columns.stream()
                                .map(column -> value(column, row.path(column.name())))
                                .toList())
                        .toList()));
    }

    /** The rows of a query whose only column is JSON text. */
    List<JsonNode> query(String sql) {
        return execute(
                sql,
                (columns, rows) -> rows.stream()
                        .map(row -> Json.parse(row.getFirst().getStringValue()))
                        .toList());
    }

    /** The rows of a query, with a {@code Long} or a {@code String} per column. */
    List<Map<String, @Nullable Object>> rows(String sql) {
        return execute(
                sql,
                (columns, rows) -> rows.stream()
                        .map(row -> {
                            Map<String, @Nullable Object> values = new LinkedHashMap<>();
                            for (int i = 0; i < columns.size(); i++) {
                                values.put(columns.get(i).getName(), plain(row.get(i)));
                            }
                            return values;
                        })
                        .toList());
    }

    /** Replaces the rows of a table that match a condition by the result of a query. */
    void replace(String table, List<Column> columns, String where, String select) {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String sql = "SELECT %1$s FROM %2$s WHERE NOT (%3$s) UNION ALL SELECT %1$s FROM (%4$s)"
                .formatted(names, table, where, select);
        contents.put(table, execute(sql, (ignored, rows) -> TableContent.create(copy(rows))));
    }

    /** Fails unless the statement is valid, types included. */
    void check(String statement) {
        Analyzer.analyzeStatement(statement, options, catalog);
    }

    private <T> T execute(String sql, BiFunction<List<SimpleColumn>, List<? extends List<Value>>, T> read) {
        try (PreparedQuery query = PreparedQuery.builder()
                .setSql(sql)
                .setAnalyzerOptions(options)
                .setCatalog(catalog)
                .setTablesContents(contents)
                .prepare()) {
            return read.apply(query.getColumns(), query.execute(Map.of()).getTableData());
        }
    }

    private static List<List<Value>> copy(List<? extends List<Value>> rows) {
        return rows.stream().map(List::copyOf).toList();
    }

    private static @Nullable Object plain(Value value) {
        if (value.isNull()) {
            return null;
        }
        return switch (value.getType().getKind()) {
            case TYPE_INT64 -> value.getInt64Value();
            case TYPE_STRING -> value.getStringValue();
            case TYPE_DATE -> value.getLocalDateValue().toString();
            default -> throw new AssertionError(value.getType());
        };
    }

    private static Type type(Column column) {
        Type type = elementType(column);
        return column.mode().equals("REPEATED") ? TypeFactory.createArrayType(type) : type;
    }

    private static Type elementType(Column column) {
        return switch (column.type()) {
            case "STRING" -> TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
            case "INTEGER" -> TypeFactory.createSimpleType(TypeKind.TYPE_INT64);
            case "DATE" -> TypeFactory.createSimpleType(TypeKind.TYPE_DATE);
            case "TIMESTAMP" -> TypeFactory.createSimpleType(TypeKind.TYPE_TIMESTAMP);
            case "RECORD" ->
                TypeFactory.createStructType(column.fields().stream()
                        .map(field -> new StructField(field.name(), type(field)))
                        .toList());
            default -> throw new AssertionError(column.type());
        };
    }

    private static Value value(Column column, JsonNode json) {
        if (column.mode().equals("REPEATED")) { // BigQuery knows no NULL in place of a list
            return Value.createArrayValue(
                    (ArrayType) type(column),
                    StreamSupport.stream(json.spliterator(), false)
                            .map(element -> elementValue(column, element))
                            .toList());
        }
        return json.isMissingNode() || json.isNull() ? Value.createNullValue(type(column)) : elementValue(column, json);
    }

    private static Value elementValue(Column column, JsonNode json) {
        return switch (column.type()) {
            case "STRING" -> Value.createStringValue(json.asText());
            case "INTEGER" -> Value.createInt64Value(json.asLong());
            case "DATE" -> Value.createDateValue(LocalDate.parse(json.asText()));
            case "TIMESTAMP" ->
                Value.createTimestampValueFromUnixMicros(
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(json.asText())));
            case "RECORD" ->
                Value.createStructValue(
                        (StructType) elementType(column),
                        column.fields().stream()
                                .map(field -> value(field, json.path(field.name())))
                                .toList());
            default -> throw new AssertionError(column.type());
        };
    }
}
