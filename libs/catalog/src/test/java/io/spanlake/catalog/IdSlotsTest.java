package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdSlotsTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    CatalogFixture catalog;
    IdSlots slots;

    @BeforeAll
    void open() {
        catalog = new CatalogFixture();
        slots = new PostgresIdSlots(catalog.database);
    }

    @AfterAll
    void close() {
        catalog.close();
    }

    @BeforeEach
    void allFree() {
        catalog.server.execute("update id_slots set holder = null, token = 0, expires_at = '-infinity'");
    }

    @Test
    void everyHolderGetsAnotherSlotUntilNoneIsLeft() {
        var held = await(Flux.range(0, IdSlots.SLOTS)
                .flatMap(i -> slots.claim("gateway-" + i, LEASE), 16)
                .map(IdSlot::slot)
                .collectList());

        assertThat(held).hasSize(IdSlots.SLOTS).doesNotHaveDuplicates();
        assertThatThrownBy(() -> slots.claim("one more", LEASE).block(WAIT)).isInstanceOf(NoFreeIdSlotException.class);
    }

    @Test
    void aSlotThatIsRenewedStaysTheHolders() {
        var slot = await(slots.claim("a", Duration.ofSeconds(20)));

        var renewed = await(slots.renew(slot, LEASE));

        assertThat(renewed.slot()).isEqualTo(slot.slot());
        assertThat(renewed.token()).isEqualTo(slot.token());
        assertThat(renewed.expiresAt()).isAfter(slot.expiresAt());
        assertThat(await(slots.renew(renewed, Duration.ofSeconds(1))).expiresAt())
                .isEqualTo(renewed.expiresAt());
    }

    @Test
    void aLeaseThatRanOutIsLostForGood() {
        var slot = await(slots.claim("a", LEASE));
        catalog.server.execute(
                "update id_slots set expires_at = now() - interval '1 second' where slot = " + slot.slot());

        assertThatThrownBy(() -> slots.renew(slot, LEASE).block(WAIT)).isInstanceOf(IdSlotLostException.class);
    }

    @Test
    void aSlotRestsBeforeAnotherGetsIt() {
        takeAllBut(7);
        var slot = await(slots.claim("a", LEASE));
        assertThat(slot.slot()).isEqualTo(7);

        slots.release(slot).block(WAIT);
        assertThatThrownBy(() -> slots.claim("b", LEASE).block(WAIT)).isInstanceOf(NoFreeIdSlotException.class);

        catalog.server.execute("update id_slots set expires_at = expires_at - interval '61 seconds' where slot = 7");
        var next = await(slots.claim("b", LEASE));
        assertThat(next.slot()).isEqualTo(7);
        assertThat(next.token()).isGreaterThan(slot.token());
    }

    @Test
    void theOldHolderNeitherRenewsNorReleasesTheNewOnes() {
        takeAllBut(7);
        var old = await(slots.claim("a", LEASE));
        catalog.server.execute("update id_slots set expires_at = now() - interval '61 seconds' where slot = 7");
        var current = await(slots.claim("b", LEASE));

        assertThatThrownBy(() -> slots.renew(old, LEASE).block(WAIT)).isInstanceOf(IdSlotLostException.class);
        slots.release(old).block(WAIT);

        assertThat(await(slots.renew(current, LEASE)).slot()).isEqualTo(7);
    }

    private void takeAllBut(int slot) {
        catalog.server.execute("update id_slots set expires_at = now() + interval '1 hour' where slot <> " + slot);
    }
}
