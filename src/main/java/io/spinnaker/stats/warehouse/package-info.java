/** Where rows go: the row and its schema, DuckDB on a laptop, BigQuery in production. */
@NullMarked
package io.spinnaker.stats.warehouse;

import org.jspecify.annotations.NullMarked;
