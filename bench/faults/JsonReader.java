package faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into maps, lists and strings, because the JDK has no JSON parser. Numbers, booleans and null become
 * strings with their JSON text.
 */
final class JsonReader {

    private final String json;
    private int position;

    private JsonReader(String json) {
        this.json = json;
    }

    static Map<String, Object> readObject(String json) {
        return asObject(new JsonReader(json).value());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asObject(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> asObjects(Object value) {
        return (List<Map<String, Object>>) value;
    }

    static String asText(Object value) {
        return (String) value;
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (position++; peek() != '}'; skipComma()) {
            peek();
            String name = string();
            peek();
            position++; // colon
            object.put(name, value());
        }
        position++;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        for (position++; peek() != ']'; skipComma()) {
            array.add(value());
        }
        position++;
        return array;
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        for (position++; json.charAt(position) != '"'; position++) {
            text.append(json.charAt(position) == '\\' ? escape() : json.charAt(position));
        }
        position++;
        return text.toString();
    }

    private char escape() {
        char kind = json.charAt(++position);
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> kind;
        };
    }

    /** Reads the four hex digits of a {@code \\u} escape. */
    private char codeUnit() {
        position += 4;
        return (char) Integer.parseInt(json, position - 3, position + 1, 16);
    }

    private String literal() {
        int from = position;
        while (position < json.length() && ",]} \t\r\n".indexOf(json.charAt(position)) < 0) {
            position++;
        }
        return json.substring(from, position);
    }

    private void skipComma() {
        if (peek() == ',') {
            position++;
        }
    }

    /** Skips white space. Returns the next character without consuming it. */
    private char peek() {
        while (Character.isWhitespace(json.charAt(position))) {
            position++;
        }
        return json.charAt(position);
    }
}
