package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a standalone holds at one moment beside the data themselves, by name: bytes, files, rows of each table of its catalog. */
record Footprint(SortedMap<String, Long> held) {
    static final String HEAP_BYTES = "heap bytes after a collection";
    static final String DIRECT_BYTES = "direct bytes";
    static final String RESIDENT_BYTES = "resident bytes";
    static final String OPEN_FILES = "open files";
    static final String SCRATCH_FILES = "files of work under way";
    static final String TABLE = "rows of ";

    static final String BLOBS = "blobs that are live or retired";
    /** Receipts are kept for good, names that were given up for 30 days. */
    static final String RECORDED_BLOBS = "blobs that are receipts, or were given up";

    private static final String BLOB_RECORDS = "(state = 'doomed' or name like '%/receipts/%')";

    private static final String DIRECT_BUFFERS = "jvm_buffer_memory_used_bytes{";
    private static final String TABLES = "select tablename from pg_tables where schemaname = 'public'";
    private static final int PORT_LINE = 3;

    Footprint {
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
    }

    /** Has the process collect its garbage first. */
    static Footprint of(Standalone standalone) throws IOException, SQLException {
        long pid = standalone.server().pid();
        var held = new TreeMap<String, Long>();
        held.put(HEAP_BYTES, liveBytes(pid));
        held.put(DIRECT_BYTES, directBytes(Client.of(standalone)));
        held.put(RESIDENT_BYTES, standalone.residentBytes());
        held.put(OPEN_FILES, openFiles(pid));
        held.put(SCRATCH_FILES, filesBelow(standalone.data().resolve("scratch")));
        held.putAll(catalogRows(standalone.data()));
        return new Footprint(held);
    }

    private static long liveBytes(long pid) {
        var jcmd = Places.java().resolveSibling("jcmd").toString();
        var histogram = CommandResult.of(
                        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram"), Duration.ofMinutes(1))
                .orThrow();
        var total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.strip().replaceAll("^.*\\s", ""));
    }

    private static long directBytes(Client client) {
        return client.get("/actuator/prometheus")
                .expectOk()
                .body()
                .lines()
                .filter(line -> line.startsWith(DIRECT_BUFFERS) && line.contains("id=\"direct\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long openFiles(long pid) {
        return Objects.requireNonNull(Path.of("/proc/" + pid + "/fd").toFile().list()).length;
    }

    private static long filesBelow(Path folder) throws IOException {
        while (true) {
            try (var files = Files.walk(folder)) {
                return files.filter(file -> !Files.isDirectory(file)).count();
            } catch (UncheckedIOException changedMeanwhile) {
                Pauses.millis(10);
            }
        }
    }

    private static Map<String, Long> catalogRows(Path data) throws IOException, SQLException {
        var rows = new TreeMap<String, Long>();
        try (var connection = connect(data)) {
            for (var table : tables(connection)) {
                rows.put(TABLE + table, number(connection, "select count(*) from " + table));
            }
            rows.remove(TABLE + "blobs");
            rows.put(BLOBS, number(connection, "select count(*) from blobs where not " + BLOB_RECORDS));
            rows.put(RECORDED_BLOBS, number(connection, "select count(*) from blobs where " + BLOB_RECORDS));
        }
        return rows;
    }

    private static Connection connect(Path data) throws IOException, SQLException {
        var secrets = new Properties();
        try (var file = Files.newBufferedReader(data.resolve("secrets"))) {
            secrets.load(file);
        }
        var port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(PORT_LINE);
        var url = "jdbc:postgresql://127.0.0.1:%s/spanlake".formatted(port.strip());
        return DriverManager.getConnection(url, "postgres", secrets.getProperty("postgres.owner"));
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(TABLES)) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }
}
