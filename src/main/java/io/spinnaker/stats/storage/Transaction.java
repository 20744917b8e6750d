package io.spinnaker.stats.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs several statements in one transaction. */
final class Transaction {

    private Transaction() {}

    /** The statements, on the same connection. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Commits the work, or rolls it back if it throws. No other thread may use the connection meanwhile. */
    static void run(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
