package io.spinnaker.stats.charts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Texts that come with the program. Those of native executables are named in {@code application.properties}. */
final class ClasspathResource {

    private ClasspathResource() {}

    static String text(String path) {
        try (InputStream resource = Objects.requireNonNull(ClasspathResource.class.getResourceAsStream(path), path)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    static boolean isThere(String path) {
        return ClasspathResource.class.getResource(path) != null;
    }
}
