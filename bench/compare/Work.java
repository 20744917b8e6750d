import java.io.IOException;
import java.nio.file.Path;

/** Where everything is put that this bench makes: peers, keys, logs. */
final class Work {

    static final Path FOLDER = Path.of("target/compare").toAbsolutePath();

    private Work() {}

    /** What the last process of that name said. */
    static Path log(String name) {
        return FOLDER.resolve(name + ".log");
    }

    /** Builds a program in Go as for a container: without C, without debug information. */
    static Path buildGo(String name, Path source) throws IOException, InterruptedException {
        Path executable = FOLDER.resolve(name);
        ProcessBuilder go =
                new ProcessBuilder("go", "build", "-trimpath", "-ldflags=-s -w", "-o", executable.toString(), ".");
        go.environment().put("CGO_ENABLED", "0");
        Child.run("go-build", go.directory(source.toFile()));
        return executable;
    }
}
