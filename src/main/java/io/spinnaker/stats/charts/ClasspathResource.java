package io.spinnaker.stats.charts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Text files of the class path. The native executable has those that {@code application.properties} lists. */
final class ClasspathResource {

    private ClasspathResource() {}

    static String text(String path) {
        try (InputStream resource = Objects.requireNonNull(ClasspathResource.class.getResourceAsStream(path), path)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    static boolean exists(String path) {
        return ClasspathResource.class.getResource(path) != null;
    }
}
