package compare;

/**
 * A fake BigQuery as an implementation sees it.
 *
 * @param name what is special about it, for headings
 * @param url base URL of its API
 */
record BigQueryEndpoint(String name, String url) {}
