package io.spanlake.query.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.cursor.RowPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeyOrderTest {
    /** Ties of rows by number: some are equal keys' only difference. */
    private static long tie(int ordinal) {
        return ordinal * 0x9E3779B97F4A7C15L;
    }

    @Property(tries = 60)
    void itIsWhatASortedMapWouldBe(@ForAll Random random) {
        var order = new KeyOrder(KeyOrderTest::tie);
        var expected = new TreeMap<RowPosition, Integer>();
        var keys = new ArrayList<Long>();

        for (int step = 0; step < 3_000; step++) {
            if (!expected.isEmpty() && random.nextInt(4) == 0) {
                var some = expected.ceilingKey(new RowPosition(random.nextLong(), 0));
                var removed = some == null ? expected.firstKey() : some;
                order.remove(removed.key(), expected.remove(removed));
            } else {
                int ordinal = keys.size();
                long key = key(random, ordinal);
                keys.add(key);
                order.add(key, ordinal);
                expected.put(new RowPosition(key, tie(ordinal)), ordinal);
            }
        }

        assertThat(order.size()).isEqualTo(expected.size());
        assertThat(all(order)).isEqualTo(List.copyOf(expected.descendingMap().values()));
        for (int i = 0; i < 20; i++) {
            int pivot = random.nextInt(keys.size());
            var from = new RowPosition(keys.get(pivot), random.nextBoolean() ? tie(pivot) : random.nextLong());
            assertThat(before(order, from))
                    .isEqualTo(List.copyOf(
                            expected.headMap(from, false).descendingMap().values()));
            assertThat(after(order, from))
                    .isEqualTo(List.copyOf(expected.tailMap(from, false).values()));
        }
    }

    /** Mostly rising, with some from anywhere and many that are equal. */
    private static long key(Random random, int ordinal) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(5);
            default -> Long.MIN_VALUE + ordinal;
        };
    }

    private static List<Integer> all(KeyOrder order) {
        var rows = new ArrayList<Integer>();
        order.descend(rows::add);
        return rows;
    }

    private static List<Integer> before(KeyOrder order, RowPosition from) {
        var rows = new ArrayList<Integer>();
        order.descend(from.key(), from.tie(), rows::add);
        return rows;
    }

    private static List<Integer> after(KeyOrder order, RowPosition from) {
        var rows = new ArrayList<Integer>();
        order.ascend(from.key(), from.tie(), rows::add);
        return rows;
    }
}
