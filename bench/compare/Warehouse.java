/**
 * Where contenders store.
 *
 * @param url base URL of its API
 */
record Warehouse(String name, String url) {}
