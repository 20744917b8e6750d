package io.spinnaker.stats;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds the table of packages in CONTRIBUTING.md: one package per concept, and the packages that each may use. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("time", Set.of()),
            Map.entry("limits", Set.of()),
            Map.entry("metrics", Set.of()),
            Map.entry("event", Set.of()),
            Map.entry("problem", Set.of("event")),
            Map.entry("pacing", Set.of("problem", "metrics", "limits")),
            Map.entry("batch", Set.of("limits", "time")),
            Map.entry("gcp", Set.of("limits", "time")),
            Map.entry("storage", Set.of("event", "batch", "gcp", "limits", "time")),
            Map.entry("delivery", Set.of("event", "storage", "batch", "gcp", "metrics", "limits", "time")),
            Map.entry("ingest", Set.of("event", "delivery", "pacing", "problem", "metrics", "limits", "time")),
            Map.entry("charts", Set.of("storage", "limits", "time")),
            Map.entry("verdict", Set.of("charts")),
            Map.entry("pictures", Set.of("charts")),
            Map.entry("site", Set.of("charts", "verdict", "pictures")),
            Map.entry("publish", Set.of("site", "charts", "storage", "gcp", "metrics", "limits", "time")),
            Map.entry(
                    "web",
                    Set.of("site", "charts", "storage", "gcp", "pacing", "problem", "metrics", "limits", "time")),
            Map.entry("dev", Set.of("charts", "event", "storage", "time"))));

    @ArchTest
    static final ArchRule PACKAGES = packages();

    private static ArchRule packages() {
        LayeredArchitecture architecture = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        for (String name : MAY_USE.keySet()) {
            architecture = architecture.layer(name).definedBy("io.spinnaker.stats." + name + "..");
        }
        for (Map.Entry<String, Set<String>> rule : MAY_USE.entrySet()) {
            architecture = rule.getValue().isEmpty()
                    ? architecture.whereLayer(rule.getKey()).mayNotAccessAnyLayer()
                    : architecture
                            .whereLayer(rule.getKey())
                            .mayOnlyAccessLayers(rule.getValue().toArray(String[]::new));
        }
        return architecture;
    }
}
