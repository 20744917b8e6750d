import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON, which a JDK alone cannot: into maps, lists and text. A number or a word is the text that it was. */
final class Json {

    private final String json;
    private int at;

    private Json(String json) {
        this.json = json;
    }

    static Map<String, Object> object(String json) {
        return object(new Json(json).value());
    }

    /** What was read, known to be an object. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object read) {
        return (Map<String, Object>) read;
    }

    /** What was read, known to be an array of objects. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Object read) {
        return (List<Map<String, Object>>) read;
    }

    static String text(Object read) {
        return (String) read;
    }

    private Object value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (at++; next() != '}'; skipComma()) {
            next();
            String name = string();
            next();
            at++; // the colon
            object.put(name, value());
        }
        at++;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        for (at++; next() != ']'; skipComma()) {
            array.add(value());
        }
        at++;
        return array;
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        for (at++; json.charAt(at) != '"'; at++) {
            text.append(json.charAt(at) == '\\' ? escaped() : json.charAt(at));
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char kind = json.charAt(++at);
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> kind;
        };
    }

    /** The four digits after {@code \\u}. */
    private char unit() {
        at += 4;
        return (char) Integer.parseInt(json, at - 3, at + 1, 16);
    }

    private String word() {
        int from = at;
        while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        return json.substring(from, at);
    }

    private void skipComma() {
        if (next() == ',') {
            at++;
        }
    }

    /** The next character that is no white space, which is not taken. */
    private char next() {
        while (Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return json.charAt(at);
    }
}
