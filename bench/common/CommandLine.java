package common;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Arguments of a program: {@code [--short] [NAME...]}.
 *
 * @param isShort whether to run briefly, only to see that the program works
 * @param names the parts to run; all of them unless some are named
 */
public record CommandLine(boolean isShort, List<String> names) {

    /** Exits with a message if a name is unknown. */
    public static CommandLine parse(String[] arguments, String kind, Collection<String> known) {
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        boolean isShort = names.removeIf("--short"::equals);
        List<String> unknown =
                names.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            fail("Unknown " + kind + ": " + String.join(", ", unknown) + "; expected " + String.join(", ", known));
        }
        return new CommandLine(isShort, names.isEmpty() ? List.copyOf(known) : names);
    }

    /** Exits with a message if the file does not exist. */
    public static void requireFile(Path file, String buildCommand) {
        if (!Files.exists(file)) {
            fail(file + " does not exist; build it with: " + buildCommand);
        }
    }

    public static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
