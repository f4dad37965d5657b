package io.spanlake.model;

/**
 * When a write happened, for every rule that asks which of two came later.
 *
 * @param position place of the write in its transaction, 0 to 65,535
 */
public record Stamp(TransactionId transaction, int position) implements Comparable<Stamp> {
    public static final int POSITION_MAX = 0xFFFF;

    public Stamp {
        if (position < 0 || position > POSITION_MAX) {
            throw new IllegalArgumentException("a position is 0 to %d, this one %d".formatted(POSITION_MAX, position));
        }
    }

    /** {@code 'p'} and 20 digits: the text form of {@link #paginationNumber()}, which sorts as the number does. */
    public String paginationKey() {
        String digits = Long.toUnsignedString(paginationNumber());
        return "p" + "0".repeat(20 - digits.length()) + digits;
    }

    /** Low 48 bits of the transaction, then the position. Unsigned. */
    public long paginationNumber() {
        return transaction.value() << 16 | position;
    }

    @Override
    public int compareTo(Stamp other) {
        int byTransaction = transaction.compareTo(other.transaction);
        return byTransaction != 0 ? byTransaction : Integer.compare(position, other.position);
    }
}
