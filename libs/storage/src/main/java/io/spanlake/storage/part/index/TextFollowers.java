package io.spanlake.storage.part.index;

import java.util.Arrays;

/** Which text came after a text when it was last met. Of the first texts of a stretch only. Not thread-safe. */
final class TextFollowers {
    private static final int TEXTS_MAX = 1 << 19;

    /** The follower's number + 1; 0 where there is none. */
    private int[] followers = new int[1 << 12];

    int of(int text) {
        return text < followers.length ? followers[text] - 1 : TextSink.NO_GUESS;
    }

    void put(int text, int follower) {
        if (text >= followers.length) {
            if (text >= TEXTS_MAX) {
                return;
            }
            followers = Arrays.copyOf(followers, Integer.highestOneBit(text) << 1);
        }
        followers[text] = follower + 1;
    }

    void clear() {
        Arrays.fill(followers, 0);
    }
}
