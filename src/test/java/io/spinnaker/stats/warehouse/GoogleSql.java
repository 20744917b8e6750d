package io.spinnaker.stats.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
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
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLType.TypeKind;
import io.spinnaker.stats.contract.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** BigQuery's own SQL, types and all, over rows in memory. */
final class GoogleSql {

    private final SimpleCatalog catalog = new SimpleCatalog("stats");
    private final Map<String, TableContent> contents = new HashMap<>();
    private final AnalyzerOptions options = new AnalyzerOptions();

    GoogleSql() {
        LanguageOptions language = new LanguageOptions().enableMaximumLanguageFeatures();
        language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
        language.setSupportsAllStatementKinds();
        options.setLanguageOptions(language);
        catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
    }

    /** Makes a table of those rows, each a JSON object. */
    void table(String name, List<Column> columns, List<JsonNode> rows) {
        catalog.addSimpleTable(new SimpleTable(
                name,
                columns.stream()
                        .map(column -> new SimpleColumn(name, column.name(), type(column)))
                        .toList()));
        contents.put(
                name,
                TableContent.create(rows.stream()
                        .map(row -> columns.stream()
                                .map(column -> value(column, row.path(column.name())))
                                .toList())
                        .toList()));
    }

    /** The rows that a query results in, whose one column is JSON as text. */
    List<JsonNode> query(String sql) {
        try (PreparedQuery query = PreparedQuery.builder()
                .setSql(sql)
                .setAnalyzerOptions(options)
                .setCatalog(catalog)
                .setTablesContents(contents)
                .prepare()) {
            return query.execute(Map.of()).getTableData().stream()
                    .map(row -> Json.parse(row.getFirst().getStringValue()))
                    .toList();
        }
    }

    private static Type type(Column column) {
        Type type = elementType(column);
        return column.mode().equals("REPEATED") ? TypeFactory.createArrayType(type) : type;
    }

    private static Type elementType(Column column) {
        return switch (column.type()) {
            case "STRING" -> TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
            case "INTEGER" -> TypeFactory.createSimpleType(TypeKind.TYPE_INT64);
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
