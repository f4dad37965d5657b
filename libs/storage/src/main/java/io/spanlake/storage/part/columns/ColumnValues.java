package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import java.util.List;

/**
 * What one column holds for some rows that follow one another; rows count from 0. Of a row without a value the value means
 * nothing. Immutable. The value is what the row says, not its writing: 5 may have been sent as {@code 5.0}, a time in
 * another zone.
 */
public abstract sealed class ColumnValues {
    private final boolean[] nulls;

    private ColumnValues(boolean[] nulls) {
        this.nulls = nulls;
    }

    public final int rows() {
        return nulls.length;
    }

    public final boolean isNull(int row) {
        return nulls[row];
    }

    public static final class Booleans extends ColumnValues {
        private final boolean[] values;

        Booleans(boolean[] values, boolean[] nulls) {
            super(nulls);
            this.values = values;
        }

        public boolean at(int row) {
            return values[row];
        }
    }

    public static final class Integers extends ColumnValues {
        private final long[] values;

        Integers(long[] values, boolean[] nulls) {
            super(nulls);
            this.values = values;
        }

        public long at(int row) {
            return values[row];
        }
    }

    public static final class Doubles extends ColumnValues {
        private final double[] values;

        Doubles(double[] values, boolean[] nulls) {
            super(nulls);
            this.values = values;
        }

        public double at(int row) {
            return values[row];
        }
    }

    public static final class Times extends ColumnValues {
        private final long[] epochMicros;

        Times(long[] epochMicros, boolean[] nulls) {
            super(nulls);
            this.epochMicros = epochMicros;
        }

        /** Microseconds since 1970. */
        public long at(int row) {
            return epochMicros[row];
        }
    }

    public static final class Texts extends ColumnValues {
        private final byte[] utf8;
        private final int[] ends;

        /**
         * @param utf8 the texts, one after another
         * @param ends by row, where its text ends; it begins where that of the row before ends
         */
        Texts(byte[] utf8, int[] ends, boolean[] nulls) {
            super(nulls);
            this.utf8 = utf8;
            this.ends = ends;
        }

        public ByteSlice utf8At(int row) {
            int first = row == 0 ? 0 : ends[row - 1];
            return ByteSlice.of(utf8, first, ends[row] - first);
        }

        public String at(int row) {
            return utf8At(row).toUtf8();
        }
    }

    public static final class TextLists extends ColumnValues {
        private final List<List<String>> lists;

        TextLists(List<List<String>> lists, boolean[] nulls) {
            super(nulls);
            this.lists = lists;
        }

        public List<String> at(int row) {
            return lists.get(row);
        }
    }
}
