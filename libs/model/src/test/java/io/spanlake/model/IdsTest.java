package io.spanlake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    /** What clients multiply the display text with to have the number again. */
    private static final long DISPLAY_INVERSE = 1522336535492693385L;

    @Nested
    class ATransactionId {
        @Test
        void isItsTimeAndItsCounter() {
            var id = TransactionId.of(1_795_434_372L, 7);

            assertThat(id.value()).isEqualTo(0x0DE1_6B04_2784_0007L);
            assertThat(id.unixSeconds()).isEqualTo(1_795_434_372L);
            assertThat(id.counter()).isEqualTo(7);
            assertThat(id.time()).isEqualTo(Instant.parse("2026-11-23T11:46:12Z"));
            assertThat(id).hasToString("1000198257839964167");
            assertThat(TransactionId.parse("1000198257839964167")).isEqualTo(id);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "-1", "0", "1", "18446744073709551615", "1000198257839964167x", "1e18"})
        void isNothingElse(String text) {
            assertThatThrownBy(() -> TransactionId.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void staysWithinItsBits() {
            assertThatThrownBy(() -> TransactionId.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> TransactionId.of(1L << 32, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> TransactionId.of(0, 65_536)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property
    void aTransactionIdIsShownSoThatClientsFindItAgain(
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long seconds, @ForAll @IntRange(max = 0xFFFF) int counter) {
        var id = TransactionId.of(seconds, counter);

        var shown = id.displayText();

        assertThat(shown).matches("[0-9a-f]{16}");
        long number = Long.parseUnsignedLong(shown, 16) * DISPLAY_INVERSE;
        assertThat((number & 0xFFFF_FFFF_FFFFL) | (0x0DE1L << 48)).isEqualTo(id.value());
    }

    @Property
    void textsOfTransactionsSortAsTheyHappened(
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long one, @ForAll @LongRange(max = 0xFFFF_FFFFL) long other) {
        var a = TransactionId.of(one, 1);
        var b = TransactionId.of(other, 1);

        assertThat(Integer.signum(a.toString().compareTo(b.toString()))).isEqualTo(Integer.signum(a.compareTo(b)));
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Long.signum(Long.compare(one, other)));
    }

    @Nested
    class AStamp {
        @Test
        void hasAKeyForPages() {
            var stamp = new Stamp(TransactionId.of(1_795_434_372L, 7), 12);

            assertThat(stamp.paginationNumber()).isEqualTo(0x6B04_2784_0007_000CL);
            assertThat(stamp.paginationKey()).isEqualTo("p07711331909854756876").hasSize(21);
        }

        @Test
        void ofTheLastSecondStillFitsItsKey() {
            var last = new Stamp(TransactionId.of(0xFFFF_FFFFL, 0xFFFF), 0xFFFF);

            assertThat(last.paginationKey()).isEqualTo("p18446744073709551615");
        }

        @Test
        void isOrderedByTransactionThenPosition() {
            var early = new Stamp(TransactionId.of(1, 0), 9);
            var late = new Stamp(TransactionId.of(1, 1), 0);

            assertThat(early).isLessThan(late);
            assertThat(early).isGreaterThan(new Stamp(TransactionId.of(1, 0), 8));
            assertThatThrownBy(() -> new Stamp(TransactionId.of(1, 0), 65_536))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a position is 0 to 65535, this one 65536");
        }
    }

    @Nested
    class CodesAndNames {
        @ParameterizedTest
        @EnumSource
        void ofObjectTypesLeadBack(ObjectType type) {
            assertThat(ObjectType.ofCode(type.code())).isEqualTo(type);
            assertThat(ObjectType.ofText(type.text())).isEqualTo(type);
        }

        @ParameterizedTest
        @EnumSource
        void ofKindsLeadBack(WriteKind kind) {
            assertThat(WriteKind.ofCode(kind.code())).isEqualTo(kind);
        }

        @Test
        void areFixedForEver() {
            assertThat(ObjectType.values()).extracting(ObjectType::code).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(WriteKind.values()).extracting(WriteKind::code).containsExactly(1, 2, 3, 4);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 7, -1, 255})
        void thatNobodyGaveAreRefused(int code) {
            assertThatThrownBy(() -> ObjectType.ofCode(code)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> WriteKind.ofCode(code)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class APlacement {
        private final ObjectRef object = new ObjectRef(ObjectType.PROJECT_LOGS, "p");

        @Test
        void keepsATraceTogetherAndAnObjectWithinItsWidth() {
            var placement = new Placement(12);
            int base = placement.basePartition(object);

            for (int trace = 0; trace < 1_000; trace++) {
                int partition = placement.partitionOf(object, "t" + trace, 4);

                assertThat((partition - base + 12) % 12).isLessThan(4);
                assertThat(placement.partitionOf(object, "t" + trace, 4)).isEqualTo(partition);
            }
        }

        @Test
        void neverChangesItsHash() {
            assertThat(Placement.hash("708ada76-5035-4203-8135-3e59ce79c497")).isEqualTo(HASH_OF_AN_ID);
        }
    }

    /** Written files hold it. */
    private static final long HASH_OF_AN_ID = 6667182041258988347L;

    @Test
    void aSliceIsItsBytesAndNothingAroundThem() {
        byte[] bytes = {1, 2, 3, 4, 5};
        var slice = ByteSlice.of(bytes, 1, 3);

        assertThat(slice).isEqualTo(ByteSlice.of(new byte[] {2, 3, 4})).hasToString("3 bytes");
        assertThat(slice.hashCode())
                .isEqualTo(ByteSlice.of(new byte[] {2, 3, 4}).hashCode());
        assertThat(slice.slice(1, 2).toArray()).containsExactly(3, 4);
        assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ByteSlice.of(bytes, 5, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
