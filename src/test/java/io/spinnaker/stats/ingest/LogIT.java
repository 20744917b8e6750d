package io.spinnaker.stats.ingest;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, asked of what is delivered: the packaged jar, or the native executable. */
@QuarkusIntegrationTest
class LogIT extends LogBigQueryTest {}
