package io.spinnaker.stats.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, asked of what is delivered: the packaged jar, or the native executable. */
@QuarkusIntegrationTest
class DataIT extends DataBucketTest {}
