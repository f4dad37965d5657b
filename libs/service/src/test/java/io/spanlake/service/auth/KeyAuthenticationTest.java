package io.spanlake.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spanlake.catalog.ObjectOwner;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class KeyAuthenticationTest {
    private static final AuthProperties PROPERTIES = new AuthProperties(
            Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(100), 1_000);

    private final KnownKeys catalog = new KnownKeys();
    private final AtomicLong nanos = new AtomicLong();
    private final KeyAuthentication keys = new KeyAuthentication(catalog, PROPERTIES, nanos::get);
    private final KeyHash key = BearerKeys.hashOf("Bearer sk-1").orElseThrow();

    @Nested
    class OfAKeyThatIsKnown {
        private final OrganizationId organization = catalog.organizationWithKey("sk-1");

        @Test
        void theCallerIsItsOrganization() {
            assertThat(keys.callerOf(key).block())
                    .extracting(Caller::organization)
                    .isEqualTo(organization);
        }

        @Test
        void theCatalogIsAskedOnceAMinute() {
            keys.callerOf(key).block();
            pass(Duration.ofSeconds(59));
            keys.callerOf(key).block();
            assertThat(catalog.questions()).isEqualTo(1);

            pass(Duration.ofSeconds(2));
            keys.callerOf(key).block();
            assertThat(catalog.questions()).isEqualTo(2);
        }

        @Test
        void aRevocationIsSeenWithinAMinute() {
            keys.callerOf(key).block();
            catalog.revokeKey(key.sha256()).block();

            pass(Duration.ofSeconds(61));

            assertThat(refusalOf(keys.callerOf(key)).status()).isEqualTo(401);
        }

        @Test
        void whoAsksMeanwhileWaitsForTheOneQuestion() {
            catalog.hold();
            var first = keys.callerOf(key).toFuture();
            var second = keys.callerOf(key).toFuture();

            catalog.answer();

            assertThat(first.join()).isEqualTo(second.join());
            assertThat(catalog.questions()).isEqualTo(1);
        }

        @Test
        void oneThatLeavesDoesNotTakeTheAnswerFromTheOthers() {
            catalog.hold();
            var leaving = keys.callerOf(key).subscribe();
            var staying = keys.callerOf(key).toFuture();

            leaving.dispose();
            catalog.answer();

            assertThat(staying.join().organization()).isEqualTo(organization);
        }

        @Test
        void itGoesOnWhileTheCatalogIsDown() {
            keys.callerOf(key).block();

            catalog.goDown();

            assertThat(keys.callerOf(key).block()).isNotNull();
        }
    }

    @Nested
    class OfAKeyThatIsUnknown {
        @Test
        void theRefusalIs401AndRememberedForFiveSeconds() {
            assertThat(refusalOf(keys.callerOf(key)).status()).isEqualTo(401);
            pass(Duration.ofSeconds(4));
            assertThat(refusalOf(keys.callerOf(key)).status()).isEqualTo(401);

            assertThat(catalog.questions()).isEqualTo(1);
        }

        @Test
        void itWorksFiveSecondsAfterItWasMade() {
            assertThat(refusalOf(keys.callerOf(key)).status()).isEqualTo(401);
            catalog.organizationWithKey("sk-1");

            pass(Duration.ofSeconds(6));

            assertThat(keys.callerOf(key).block()).isNotNull();
        }

        @Test
        void itIs503WithATimeToRetryWhileTheCatalogIsDownAndThatIsNotRemembered() {
            catalog.organizationWithKey("sk-1");
            catalog.goDown();

            var refusal = refusalOf(keys.callerOf(key));

            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.retryAfter()).isPresent();
            catalog.comeBack();
            assertThat(keys.callerOf(key).block()).isNotNull();
        }
    }

    @Nested
    class OfAnObject {
        private final ObjectAccess access = new ObjectAccess(catalog, PROPERTIES, nanos::get);
        private final Caller caller = new Caller(new OrganizationId(UUID.randomUUID()), "acme", UUID.randomUUID());
        private final ObjectRef object = new ObjectRef(ObjectType.DATASET, "d1");

        @Test
        void itsOwnerMayTouchIt() {
            catalog.own(object, caller.organization());

            assertThat(access.require(caller, object).block())
                    .extracting(ObjectOwner::organization)
                    .isEqualTo(caller.organization());
        }

        @Test
        void othersAreToldTheSameAsOfOneThatIsUnknown() {
            var unknown = refusalOf(access.require(caller, object));
            catalog.own(object, new OrganizationId(UUID.randomUUID()));
            pass(Duration.ofSeconds(1));
            var foreign = refusalOf(access.require(caller, object));

            assertThat(foreign).isEqualTo(unknown);
            assertThat(foreign.status()).isEqualTo(403);
        }

        @Test
        void oneThatWasJustRegisteredIsFoundATenthOfASecondLater() {
            assertThat(refusalOf(access.require(caller, object)).status()).isEqualTo(403);
            catalog.own(object, caller.organization());

            pass(Duration.ofMillis(101));

            assertThat(access.require(caller, object).block()).isNotNull();
        }

        @Test
        void theCatalogIsAskedOnceForManyRows() {
            catalog.own(object, caller.organization());

            for (int i = 0; i < 1_000; i++) {
                access.require(caller, object).block();
            }

            assertThat(catalog.questions()).isEqualTo(1);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Problem refusalOf(Mono<?> refused) {
        return catchThrowableOfType(RefusedException.class, refused::block).problem();
    }
}
