package io.spanlake.compactor;

import io.spanlake.testkit.postgres.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the tables of a catalog said at one time, so that it can be set back to it as a backup that is put in its place does. */
final class OlderBase {
    private final TestDatabase database;
    private final List<String> tables = new ArrayList<>();

    private OlderBase(TestDatabase database) {
        this.database = database;
    }

    static OlderBase of(TestDatabase database) throws SQLException {
        var base = new OlderBase(database);
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            while (rows.next()) {
                base.tables.add(rows.getString(1));
            }
        }
        database.execute("create schema base");
        base.tables.forEach(table -> database.execute("create table base.%1$s as table public.%1$s".formatted(table)));
        return base;
    }

    void putBack() {
        var statements = new ArrayList<String>();
        statements.add("set session_replication_role = replica");
        statements.add("truncate " + String.join(", ", tables));
        tables.forEach(table -> statements.add(
                "insert into public.%1$s overriding system value select * from base.%1$s".formatted(table)));
        database.execute(statements.toArray(String[]::new));
    }
}
