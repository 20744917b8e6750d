/**
 * The row, the schema, and one interface per need (write rows, run SQL), each on BigQuery and DuckDB. Uses {@code event},
 * {@code batch}, {@code gcp}, {@code limits} and {@code time}.
 */
@NullMarked
package io.spinnaker.stats.storage;

import org.jspecify.annotations.NullMarked;
