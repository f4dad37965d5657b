package io.spanlake.query.tail;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Gives each id a number, from 0 on, and the id back for the number. Exact: ids are compared, not only their hashes.
 * About 40 bytes a UUID. Not thread-safe.
 */
final class IdTable {
    static final int NONE = -1;
    private static final Hasher64 HASHER = Hashing.wyhashFinal4();
    private static final int CHUNK_BITS = 14;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int SLOTS_FIRST = 64;

    private final ArrayList<byte[]> chunks = new ArrayList<>();
    private int chunkUsed = CHUNK;
    /** Chunk and offset in it, as one unsigned int. */
    private final IntColumn places = new IntColumn();

    private final IntColumn hashes = new IntColumn();
    private int[] slots = emptySlots(SLOTS_FIRST);

    int size() {
        return places.size();
    }

    /** The number of the id, {@link #NONE} where it has none. */
    int find(String id) {
        byte[] packed = PackedId.pack(id);
        return slots[slotOf(packed, hash(packed))];
    }

    int findOrAdd(String id) {
        byte[] packed = PackedId.pack(id);
        int hash = hash(packed);
        int slot = slotOf(packed, hash);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        int ordinal = places.add(append(packed));
        hashes.add(hash);
        slots[slot] = ordinal;
        if (ordinal > slots.length / 2) {
            grow();
        }
        return ordinal;
    }

    String id(int ordinal) {
        int place = places.get(ordinal);
        return PackedId.unpack(chunks.get(place >>> CHUNK_BITS), place & (CHUNK - 1));
    }

    long bytes() {
        return (long) chunks.size() * CHUNK + places.bytes() + hashes.bytes() + (long) slots.length * Integer.BYTES;
    }

    private int slotOf(byte[] packed, int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != NONE && !(hashes.get(slots[slot]) == hash && holds(slots[slot], packed))) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean holds(int ordinal, byte[] packed) {
        byte[] chunk = chunks.get(places.get(ordinal) >>> CHUNK_BITS);
        int from = places.get(ordinal) & (CHUNK - 1);
        int to = from + PackedId.length(chunk, from);
        return Arrays.equals(chunk, from, to, packed, 0, packed.length);
    }

    private int append(byte[] packed) {
        if (chunkUsed + packed.length > CHUNK) {
            chunks.add(new byte[CHUNK]);
            chunkUsed = 0;
        }
        System.arraycopy(packed, 0, chunks.getLast(), chunkUsed, packed.length);
        int place = ((chunks.size() - 1) << CHUNK_BITS) | chunkUsed;
        chunkUsed += packed.length;
        return place;
    }

    private void grow() {
        slots = emptySlots(slots.length * 2);
        for (int ordinal = 0; ordinal < places.size(); ordinal++) {
            int slot = hashes.get(ordinal) & (slots.length - 1);
            while (slots[slot] != NONE) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = ordinal;
        }
    }

    private static int hash(byte[] packed) {
        return (int) HASHER.hashBytesToLong(packed);
    }

    private static int[] emptySlots(int count) {
        int[] slots = new int[count];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
