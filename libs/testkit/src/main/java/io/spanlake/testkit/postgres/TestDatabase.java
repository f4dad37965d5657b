package io.spanlake.testkit.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** An empty database of the test's own. Its user may do everything. */
public record TestDatabase(String host, int port, String name, String user, String password) {
    /** As migrations want it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }

    /** Blocks; for what a test prepares or asks beside the code that it tests. The caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    /** The one number that a statement gives. Blocks. */
    public long number(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException("no number: " + sql);
            }
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("on " + jdbcUrl() + ": " + e.getMessage(), e);
        }
    }

    /** Runs statements that give no rows. Blocks. */
    public void execute(String... statements) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("on " + jdbcUrl() + ": " + e.getMessage(), e);
        }
    }
}
