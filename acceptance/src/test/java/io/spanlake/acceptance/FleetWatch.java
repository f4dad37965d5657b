package io.spanlake.acceptance;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Reads by both doors again and again: whatever else is down, a service of reads that runs has to answer. Such reads do not
 * wait for the log; whether answers are right is for the ledger's own walks. Runs on a thread of its own.
 */
final class FleetWatch implements Runnable {
    private static final int PAUSE_MILLIS = 100;

    private final Fleet fleet;
    private final Client client;
    private final String page;
    private final String count;
    private final BooleanSupplier watching;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();

    FleetWatch(Fleet fleet, LedgerObject object, BooleanSupplier watching) {
        this.fleet = fleet;
        this.client = fleet.client();
        this.page = "/ui/objects/%s/%s/spans?limit=20&preview=16".formatted(object.type(), object.id());
        this.count = RawJsonText.quoted("SELECT count(*) AS n FROM " + object.source());
        this.watching = watching;
    }

    @Override
    public void run() {
        var query = "{\"query\":%s,\"brainstore_realtime\":false}".formatted(count);
        while (watching.getAsBoolean()) {
            look(ServiceKind.UI_QUERY_SERVICE, () -> client.get(page));
            look(ServiceKind.QUERY_SERVICE, () -> client.postJson("/sql", query));
            Pauses.millis(PAUSE_MILLIS);
        }
    }

    /** By both doors everything that was acknowledged before is seen, which takes the log. */
    void readStrictly() {
        client.get(page + "&strict=true").expectOk();
        client.postJson("/sql", "{\"query\":%s}".formatted(count)).expectOk();
    }

    private interface Read {
        Answer ask();
    }

    private void look(ServiceKind door, Read read) {
        boolean down = fleet.isDown(door);
        var fault = faultOf(read);
        if (fault.isEmpty()) {
            answered.incrementAndGet();
        } else if (!down && !fleet.isDown(door)) {
            refused.add("%s: %s".formatted(door, fault));
        }
    }

    private static String faultOf(Read read) {
        try {
            var answer = read.ask();
            return answer.status() == 200 ? "" : answer.status() + " " + answer.body();
        } catch (UncheckedIOException unanswered) {
            return String.valueOf(unanswered.getCause());
        }
    }

    int answered() {
        return answered.get();
    }

    List<String> refused() {
        return List.copyOf(refused);
    }
}
