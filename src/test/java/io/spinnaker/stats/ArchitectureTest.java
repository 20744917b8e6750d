package io.spinnaker.stats;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each package is one concept; this is which may know which. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("event")
            .definedBy("io.spinnaker.stats.event..")
            .layer("commit")
            .definedBy("io.spinnaker.stats.commit..")
            .layer("google")
            .definedBy("io.spinnaker.stats.google..")
            .layer("watch")
            .definedBy("io.spinnaker.stats.watch..")
            .layer("warehouse")
            .definedBy("io.spinnaker.stats.warehouse..")
            .layer("deadletter")
            .definedBy("io.spinnaker.stats.deadletter..")
            .layer("dashboard")
            .definedBy("io.spinnaker.stats.dashboard..")
            .layer("collect")
            .definedBy("io.spinnaker.stats.collect..")
            .layer("demo")
            .definedBy("io.spinnaker.stats.demo..")
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("commit")
            .mayNotAccessAnyLayer()
            .whereLayer("watch")
            .mayNotAccessAnyLayer()
            .whereLayer("google")
            .mayOnlyAccessLayers("commit")
            .whereLayer("warehouse")
            .mayOnlyAccessLayers("event", "commit", "google")
            .whereLayer("deadletter")
            .mayOnlyAccessLayers("event", "commit", "google", "warehouse", "watch")
            .whereLayer("dashboard")
            .mayOnlyAccessLayers("commit", "google", "warehouse", "watch", "demo")
            .whereLayer("collect")
            .mayOnlyAccessLayers("event", "commit", "warehouse", "deadletter", "watch")
            .whereLayer("demo")
            .mayOnlyAccessLayers("event", "warehouse");
}
