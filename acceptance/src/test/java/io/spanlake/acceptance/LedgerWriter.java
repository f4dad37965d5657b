package io.spanlake.acceptance;

import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One client that writes without a pause, one request after another, and reads back now and then. What nobody answered it
 * sends again, with the same ids; one time in ten it gives up instead, and leaves those rows alone from then on.
 */
final class LedgerWriter implements Runnable {
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(3);
    private static final int PAUSE_MILLIS_MAX = 1_000;
    private static final int READ_ONE_IN = 4;

    private final Client client;
    private final Map<String, LedgerObject> objects;
    private final LedgerMix mix;
    private final int paceMillisMax;
    private final LedgerLog log;
    private final LedgerSettled settled;
    private final LedgerTally tally;
    private final BooleanSupplier writing;
    private final Random random;
    private final Map<String, LedgerRow> rows = new HashMap<>();
    private final Set<String> left = new HashSet<>();

    LedgerWriter(
            Client client,
            List<LedgerObject> objects,
            long seed,
            int writer,
            int paceMillisMax,
            LedgerLog log,
            LedgerSettled settled,
            LedgerTally tally,
            BooleanSupplier writing) {
        this.client = client;
        this.objects = objects.stream().collect(Collectors.toMap(LedgerObject::name, object -> object));
        this.mix = new LedgerMix(seed, writer, objects);
        this.paceMillisMax = paceMillisMax;
        this.log = log;
        this.settled = settled;
        this.tally = tally;
        this.writing = writing;
        this.random = new Random(seed * 37 + writer);
    }

    @Override
    public void run() {
        while (writing.getAsBoolean()) {
            var writes = mix.next(write -> !left.contains(key(write)));
            if (!writes.isEmpty()) {
                send(writes);
                Pauses.millis(random.nextInt(paceMillisMax));
            }
        }
    }

    private void send(List<LedgerWrite> writes) {
        long request = log.intend(writes);
        settled.intended(writes);
        var body = body(writes);
        boolean patient = random.nextInt(10) > 0;
        boolean readsBack = random.nextInt(READ_ONE_IN) == 0;
        long deadline = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        var transaction = Optional.<String>empty();
        int tries = 0;
        boolean timedOut = false;
        do {
            if (tries > 0) {
                Pauses.millis(Math.min(PAUSE_MILLIS_MAX, 20L << Math.min(tries, 6)));
            }
            tries++;
            try {
                transaction = acknowledged(client.postJson("/logs3", body));
            } catch (UncheckedIOException unanswered) {
                tally.unanswered();
                timedOut |= isTimeout(unanswered);
            }
        } while (transaction.isEmpty() && patient && System.nanoTime() < deadline);
        boolean once = tries == 1;
        transaction.ifPresent(id -> {
            log.acknowledged(request, id, once);
            settled.acknowledged(writes);
        });
        note(writes, transaction, once);
        if (transaction.isEmpty() || timedOut) {
            // An earlier copy may still be on its way, and be taken after what comes next.
            writes.forEach(write -> left.add(key(write)));
        } else if (readsBack) {
            readBack(writes.get(random.nextInt(writes.size())));
        }
    }

    private Optional<String> acknowledged(Answer answer) {
        switch (answer.status()) {
            case 200 -> {
                return Optional.of(answer.json().text("xact_id"));
            }
            case 429, 503 -> tally.refused();
            default -> tally.wrong("a write was answered with %d %s".formatted(answer.status(), answer.body()));
        }
        return Optional.empty();
    }

    private void note(List<LedgerWrite> writes, Optional<String> transaction, boolean once) {
        tally.sent(writes, transaction.isPresent());
        writes.forEach(
                write -> rows.computeIfAbsent(key(write), _ -> new LedgerRow()).add(write, transaction, once));
    }

    /** A strict read sees every write that was acknowledged before it began. */
    private void readBack(LedgerWrite write) {
        var object = objectOf(write);
        try {
            var answer = client.row(object.type(), object.id(), write.rowId());
            switch (answer.status()) {
                case 200, 404 -> {
                    tally.read();
                    var read = answer.status() == 200
                            ? Optional.of(LedgerRows.rowOf(answer))
                            : Optional.<RawJson.Fields>empty();
                    LedgerRows.difference(object, rows.getOrDefault(key(write), new LedgerRow()), read)
                            .ifPresent(what -> tally.wrong("read back: " + what));
                }
                case 429, 503, 504 -> tally.refused();
                default -> tally.wrong("a read was answered with %d %s".formatted(answer.status(), answer.body()));
            }
        } catch (UncheckedIOException unanswered) {
            tally.unanswered();
        }
    }

    private String body(List<LedgerWrite> writes) {
        var json = new ArrayList<String>();
        writes.forEach(write -> json.add(write.toJson(objectOf(write))));
        return "{\"rows\":[" + String.join(",", json) + "],\"api_version\":2}";
    }

    private LedgerObject objectOf(LedgerWrite write) {
        return Objects.requireNonNull(objects.get(write.object()));
    }

    private static boolean isTimeout(UncheckedIOException fault) {
        return fault.getCause() instanceof HttpTimeoutException;
    }

    private static String key(LedgerWrite write) {
        return write.object() + "/" + write.rowId();
    }
}
