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

    /**
     * Commits the work, or rolls it back if it throws. No other thread may use the connection meanwhile. If the commit itself
     * fails, the driver cannot leave the transaction, and the connection must be closed.
     */
    static void run(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        connection.setAutoCommit(true);
    }
}
