package io.spinnaker.stats.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** Several statements of which all are carried out, or none. */
final class Transaction {

    private Transaction() {}

    /** What is to be done, on the same connection. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Does it; whatever it throws, nothing of it was done. The connection is this caller's alone meanwhile. */
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
