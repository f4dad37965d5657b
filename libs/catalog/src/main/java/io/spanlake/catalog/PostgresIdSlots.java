package io.spanlake.catalog;

import io.r2dbc.spi.Row;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** {@link IdSlots} in PostgreSQL. Time is the server's, so that holders need not agree on theirs. */
public final class PostgresIdSlots implements IdSlots {
    private static final String CLAIM = """
            update id_slots
            set holder = $1, token = token + 1, expires_at = clock_timestamp() + $2 * interval '1 millisecond'
            where slot = (
                select slot from id_slots
                where expires_at < clock_timestamp() - $3 * interval '1 millisecond'
                order by expires_at, slot
                for update skip locked
                limit 1)
            returning slot, token, expires_at
            """;
    private static final String RENEW = """
            update id_slots set expires_at = greatest(expires_at, clock_timestamp() + $3 * interval '1 millisecond')
            where slot = $1 and token = $2 and expires_at > clock_timestamp()
            returning slot, token, expires_at
            """;
    private static final String RELEASE = """
            update id_slots set expires_at = clock_timestamp()
            where slot = $1 and token = $2 and expires_at > clock_timestamp()
            """;

    private final CatalogDatabase database;

    public PostgresIdSlots(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<IdSlot> claim(String holder, Duration lease) {
        return database.queryOne(
                        CLAIM,
                        statement -> statement
                                .bind("$1", holder)
                                .bind("$2", lease.toMillis())
                                .bind("$3", REST.toMillis()),
                        PostgresIdSlots::slot)
                .switchIfEmpty(Mono.error(NoFreeIdSlotException::new));
    }

    @Override
    public Mono<IdSlot> renew(IdSlot slot, Duration lease) {
        return database.queryOne(
                        RENEW,
                        statement -> statement
                                .bind("$1", (short) slot.slot())
                                .bind("$2", slot.token())
                                .bind("$3", lease.toMillis()),
                        PostgresIdSlots::slot)
                .switchIfEmpty(Mono.error(() -> new IdSlotLostException(slot.slot())));
    }

    @Override
    public Mono<Void> release(IdSlot slot) {
        return database.run(
                RELEASE, statement -> statement.bind("$1", (short) slot.slot()).bind("$2", slot.token()));
    }

    private static IdSlot slot(Row row) {
        return new IdSlot(
                Objects.requireNonNull(row.get("slot", Short.class)),
                Columns.number(row, "token"),
                Columns.time(row, "expires_at"));
    }
}
