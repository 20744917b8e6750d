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
            .layer("warehouse")
            .definedBy("io.spinnaker.stats.warehouse..")
            .layer("collect")
            .definedBy("io.spinnaker.stats.collect..")
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("warehouse")
            .mayOnlyAccessLayers("event")
            .whereLayer("collect")
            .mayOnlyAccessLayers("event", "warehouse");
}
