package io.spinnaker.stats.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same contract for the packaged jar or the native executable. */
@QuarkusIntegrationTest
class PageIT extends PageBucketTest {}
