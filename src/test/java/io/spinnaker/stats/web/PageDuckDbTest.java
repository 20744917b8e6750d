package io.spinnaker.stats.web;

import io.quarkus.test.junit.QuarkusTest;

/** The pages with files computed from DuckDB on request. */
@QuarkusTest
class PageDuckDbTest extends PageContract {}
