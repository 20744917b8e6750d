package io.spinnaker.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No dependency is older than the version that SECURITY.md names. */
class KnownVulnerabilitiesTest {

    private static final Pattern ROW = Pattern.compile("\\| `([^:`]+):([^`]+)` \\| ([0-9][^ ]*) \\|");

    @ParameterizedTest
    @MethodSource("minimumVersions")
    void isNotOlderThanTheVersionInTheSecurityPolicy(String group, String artifact, String minimum) throws IOException {
        assertThat(resolved(group, artifact)).isGreaterThanOrEqualTo(Version.parse(minimum));
    }

    @Test
    void coversNettyVertxAndJackson() throws IOException {
        assertThat(minimumVersions().map(row -> row.get()[0]))
                .contains("io.netty", "io.vertx", "com.fasterxml.jackson.core");
    }

    static Stream<Arguments> minimumVersions() throws IOException {
        return ROW.matcher(Files.readString(Path.of("SECURITY.md")))
                .results()
                .map(row -> Arguments.of(row.group(1), row.group(2), row.group(3)));
    }

    /** The version on the class path, as Maven recorded it in the jar. */
    private static Version resolved(String group, String artifact) throws IOException {
        String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream file = KnownVulnerabilitiesTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            Properties properties = new Properties();
            properties.load(file);
            return Version.parse(properties.getProperty("version"));
        }
    }
}
