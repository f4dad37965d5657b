package io.spanlake.catalog;

/**
 * The account of a stage over the stamps of writes, as sums (docs/formats/wal.md, "stamp sum"): what went in is live,
 * folded, or dropped. All modulo 2^64, so negative values are ordinary.
 *
 * @param in      of everything the stage read
 * @param live    of the stamps that its outputs remember
 * @param folded  of stamps that a later delete or full write made forget, or that came twice, found from the inputs
 * @param dropped of writes that are gone for good: could not be read, erased, expired
 */
public record Balance(long in, long live, long folded, long dropped) {
    /** Of a stage that read nothing. */
    public static final Balance NOTHING = new Balance(0, 0, 0, 0);

    public boolean holds() {
        return in == live + folded + dropped;
    }

    /** The account of both. */
    public Balance plus(Balance other) {
        return new Balance(in + other.in, live + other.live, folded + other.folded, dropped + other.dropped);
    }
}
