package faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Arguments of a program: flags, options with a number, and names. */
final class Arguments {

    private final List<String> left;

    Arguments(String[] arguments) {
        left = new ArrayList<>(List.of(arguments));
    }

    boolean hasFlag(String flag) {
        return left.remove(flag);
    }

    double number(String option, double defaultValue) {
        int at = left.indexOf(option);
        if (at < 0 || at + 1 == left.size()) {
            return defaultValue;
        }
        left.remove(at);
        return Double.parseDouble(left.remove(at));
    }

    /** Returns the other arguments, or all known names if there are none. Exits if one is unknown. */
    List<String> names(Collection<String> known) {
        List<String> unknown = new ArrayList<>(left);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            fail("Unknown: " + String.join(", ", unknown) + "; expected " + String.join(", ", known));
        }
        return left.isEmpty() ? List.copyOf(known) : left;
    }

    static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
