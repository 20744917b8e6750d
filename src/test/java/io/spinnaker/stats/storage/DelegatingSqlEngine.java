package io.spinnaker.stats.storage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another engine; a test overrides what it changes or watches. */
public class DelegatingSqlEngine implements SqlEngine {

    private final SqlEngine sqlEngine;

    protected DelegatingSqlEngine(SqlEngine sqlEngine) {
        this.sqlEngine = sqlEngine;
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql) {
        return sqlEngine.query(sql);
    }

    @Override
    public void replace(DerivedTable table, String where, String select) {
        sqlEngine.replace(table, where, select);
    }

    @Override
    public String table(String name) {
        return sqlEngine.table(name);
    }

    @Override
    public String sha256Hex(String text) {
        return sqlEngine.sha256Hex(text);
    }

    @Override
    public String randomHex() {
        return sqlEngine.randomHex();
    }

    @Override
    public String fileSuffix() {
        return sqlEngine.fileSuffix();
    }
}
