package io.spinnaker.stats.ingest;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same contract for the packaged jar or the native executable. */
@QuarkusIntegrationTest
class LogIT extends LogBigQueryTest {}
