package io.spanlake.compactor.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The versions of one row over many jobs, beside a fold of all its writes up to each transaction. */
class VersionFolderTest {
    private static final ObjectRef DATASET = new ObjectRef(ObjectType.DATASET, "d");
    private static final RowIdentity IDENTITY =
            new RowIdentity(new OrganizationId(new UUID(1, 2)), new UUID(3, 4), DATASET);
    private static final TransactionId END = transaction(1_000);
    private static final int LIVES = 3_000;

    private static TransactionId transaction(int number) {
        return TransactionId.of(1_770_000_000L + number, 0);
    }

    @Test
    void aVersionEndsWhereTheNextOneBegins() {
        var one = write(1, 0, WriteKind.FULL, "{\"input\":1}");
        var two = write(2, 0, WriteKind.MERGE, "{\"_is_merge\":true,\"expected\":2}");

        var folded = new VersionFolder(END).fold(List.of(RowState.of(two), RowState.of(one)), List.of());

        assertThat(folded.live())
                .extracting(RowVersion::until)
                .containsExactly(Optional.of(two.stamp().transaction()), Optional.empty());
        assertThat(folded.live().getLast().state().json(IDENTITY).toUtf8()).contains("\"input\":1", "\"expected\":2");
    }

    @Test
    void onlyTheVersionThatEndsIsWrittenAnew() {
        var first = base(write(1, 0, WriteKind.FULL, "{\"input\":1}"), Optional.of(transaction(5)));
        var newest = base(write(5, 0, WriteKind.FULL, "{\"input\":5}"), Optional.empty());
        var third = RowState.of(write(9, 0, WriteKind.FULL, "{\"input\":9}"));

        var folded = new VersionFolder(END).fold(List.of(third), List.of(first, newest));

        assertThat(folded.taken()).containsExactly(1);
        assertThat(folded.live())
                .extracting(RowVersion::until)
                .containsExactly(Optional.of(transaction(9)), Optional.empty());
    }

    @Test
    void aTombstoneEndsTheVersionAndErasesNothing() {
        var base = base(write(1, 0, WriteKind.FULL, "{\"input\":1}"), Optional.empty());
        var delete = RowState.of(write(4, 0, WriteKind.DELETE, "{}"));

        var folded = new VersionFolder(END).fold(List.of(delete), List.of(base));

        assertThat(folded.live()).singleElement().satisfies(version -> {
            assertThat(version.until()).contains(transaction(4));
            assertThat(version.state().deleted()).isFalse();
        });
        assertThat(folded.carried()).isEmpty();
    }

    private static RowVersion base(Write write, Optional<TransactionId> until) {
        return new RowVersion(RowState.of(write), until);
    }

    private static Write write(int transaction, int position, WriteKind kind, String json) {
        var trace = kind == WriteKind.FULL ? Optional.of("t") : Optional.<String>empty();
        return new Write(
                DATASET, "r", trace, new Stamp(transaction(transaction), position), kind, ByteSlice.ofUtf8(json));
    }

    @Test
    void everyTransactionIsAnsweredWhateverComesLateAndHoweverOftenItIsCompacted() {
        for (int seed = 0; seed < LIVES; seed++) {
            new Life(seed).run();
        }
    }

    /** Of one row. */
    private static final class Life {
        private final Random random;
        private final int seed;
        private final List<Write> toCome = new ArrayList<>();
        private final List<Write> come = new ArrayList<>();
        private List<RowState> tail = new ArrayList<>();
        private List<RowVersion> versions = new ArrayList<>();

        Life(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            int count = 1 + random.nextInt(7);
            for (int i = 0; i < count; i++) {
                toCome.add(anyWrite(1 + random.nextInt(6), i));
            }
            Collections.shuffle(toCome, random);
        }

        private Write anyWrite(int transaction, int position) {
            return switch (random.nextInt(5)) {
                case 0, 1 -> write(transaction, position, WriteKind.FULL, "{\"a\":%d}".formatted(position));
                case 2, 3 ->
                    write(
                            transaction,
                            position,
                            WriteKind.MERGE,
                            "{\"_is_merge\":true,\"k%d\":{\"v\":%d}}".formatted(random.nextInt(2), position));
                default -> write(transaction, position, WriteKind.DELETE, "{}");
            };
        }

        void run() {
            while (!toCome.isEmpty() || !tail.isEmpty()) {
                if (!toCome.isEmpty() && random.nextBoolean()) {
                    var write = toCome.removeLast();
                    come.add(write);
                    tail.add(RowState.of(write));
                } else if (!tail.isEmpty()) {
                    job();
                }
                mustAnswer();
            }
            assertThat(versions.stream()
                            .filter(version -> version.until().isEmpty())
                            .count())
                    .as("seed %d: open versions", seed)
                    .isEqualTo(folded(END).isPresent() ? 1 : 0);
        }

        /** Of all of the tail, or of some of it. */
        private void job() {
            var taken = new ArrayList<>(tail);
            taken.removeIf(_ -> random.nextInt(4) == 0);
            if (taken.isEmpty()) {
                return;
            }
            var left = new ArrayList<>(tail);
            left.removeAll(taken);
            var first = taken.stream()
                    .map(state -> state.last().transaction())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            var bases = versions.stream()
                    .filter(version -> random.nextBoolean()
                            || version.until()
                                    .filter(end -> end.compareTo(first) <= 0)
                                    .isEmpty())
                    .toList();
            var folded = new VersionFolder(settledBy(left)).fold(taken, bases);
            var balance = folded.balance();
            assertThat(balance.in())
                    .as("seed %d", seed)
                    .isEqualTo(balance.live() + balance.folded() + balance.dropped());
            folded.taken().forEach(base -> versions.remove(bases.get(base)));
            versions.addAll(folded.live());
            left.addAll(folded.carried());
            tail = left;
        }

        private TransactionId settledBy(List<RowState> left) {
            return Stream.concat(
                            toCome.stream().map(write -> write.stamp().transaction()),
                            left.stream().map(state -> state.last().transaction()))
                    .min(Comparator.naturalOrder())
                    .orElse(END);
        }

        private void mustAnswer() {
            for (int number = 0; number < 8; number++) {
                var version = number == 7 ? END : transaction(number);
                assertThat(read(version)).as("seed %d at %d", seed, number).isEqualTo(folded(version));
            }
        }

        private Optional<String> read(TransactionId version) {
            var seen = versions.stream().filter(one -> one.isSeenAt(version)).toList();
            assertThat(seen.size()).as("seed %d: versions at %s", seed, version).isLessThan(2);
            return json(Stream.concat(
                    seen.stream().map(RowVersion::state),
                    tail.stream().filter(state -> state.last().transaction().compareTo(version) <= 0)));
        }

        private Optional<String> folded(TransactionId version) {
            return json(come.stream()
                    .filter(write -> write.stamp().transaction().compareTo(version) <= 0)
                    .map(RowState::of));
        }

        private static Optional<String> json(Stream<RowState> states) {
            return states.reduce(RowState::join)
                    .filter(state -> !state.deleted())
                    .map(state -> state.json(IDENTITY).toUtf8());
        }
    }
}
