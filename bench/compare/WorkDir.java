package compare;

import java.io.IOException;
import java.nio.file.Path;

/** The folder for files that this program makes: built peers, keys, logs. */
final class WorkDir {

    static final Path PATH = Path.of("target/compare").toAbsolutePath();

    private WorkDir() {}

    /** Returns the output of the latest process of that name. */
    static Path log(String name) {
        return PATH.resolve(name + ".log");
    }

    /** Builds a Go program as for a container: without cgo and without debug information. */
    static Path buildGo(String name, Path source) throws IOException, InterruptedException {
        Path executable = PATH.resolve(name);
        ProcessBuilder go =
                new ProcessBuilder("go", "build", "-trimpath", "-ldflags=-s -w", "-o", executable.toString(), ".");
        go.environment().put("CGO_ENABLED", "0");
        Subprocess.run("go-build", go.directory(source.toFile()));
        return executable;
    }
}
