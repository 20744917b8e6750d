package common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Memory of a process, as {@code /proc/PID/status} reports it. */
public final class ProcessMemory {

    private static final double KIB_PER_MIB = 1024.0;

    private ProcessMemory() {}

    /** Returns the resident memory; empty if the process has ended. */
    public static OptionalDouble residentMib(long pid) {
        return mib(pid, "VmRSS:");
    }

    /** Returns the highest resident memory so far; empty if the process has ended. */
    public static OptionalDouble peakMib(long pid) {
        return mib(pid, "VmHWM:");
    }

    private static OptionalDouble mib(long pid, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException ended) {
            return OptionalDouble.empty();
        }
    }
}
