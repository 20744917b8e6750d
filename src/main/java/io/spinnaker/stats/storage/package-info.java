/** Where rows go: the row and its schema, DuckDB on a laptop, BigQuery in production. */
@NullMarked
package io.spinnaker.stats.storage;

import org.jspecify.annotations.NullMarked;
