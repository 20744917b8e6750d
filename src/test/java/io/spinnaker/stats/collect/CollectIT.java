package io.spinnaker.stats.collect;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, asked of what is delivered: the packaged jar, or the native executable. */
@QuarkusIntegrationTest
class CollectIT extends CollectBigQueryTest {}
