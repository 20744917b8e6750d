package common;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Arguments of a program: flags, options with a value, and the names of the parts to run. */
public final class Arguments {

    private final List<String> left;

    public Arguments(String[] arguments) {
        left = new ArrayList<>(List.of(arguments));
    }

    public boolean hasFlag(String flag) {
        return left.remove(flag);
    }

    /** Returns the values of an option that may be repeated, or the default values. */
    public List<String> values(String option, String... defaults) {
        List<String> values = new ArrayList<>();
        for (int at = left.indexOf(option); at >= 0 && at + 1 < left.size(); at = left.indexOf(option)) {
            left.remove(at);
            values.add(left.remove(at));
        }
        return values.isEmpty() ? List.of(defaults) : values;
    }

    /** Returns the other arguments, or all known names if there are none. Exits if one is unknown. */
    public List<String> names(Collection<String> known) {
        List<String> unknown = new ArrayList<>(left);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            fail("Unknown: " + String.join(", ", unknown) + "; expected " + String.join(", ", known));
        }
        return left.isEmpty() ? List.copyOf(known) : left;
    }

    public static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
