package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.SplitBlockBloom;

/**
 * The words of all row states of a frame, keys and comments too, lower-cased. It may say yes of what is not there, never no
 * of what is.
 */
public final class TokenFilter {
    private final SplitBlockBloom bloom;

    private TokenFilter(SplitBlockBloom bloom) {
        this.bloom = bloom;
    }

    static TokenFilter read(ByteSlice bytes) {
        return new TokenFilter(SplitBlockBloom.read(bytes));
    }

    /**
     * Whether a row of the frame may have every word of the text.
     *
     * @param text of whole words: of a text that may begin or end within a word of the row, leave that word out
     */
    public boolean mayHaveWords(String text) {
        var asked = new Asked();
        Words.of(text, asked::ask);
        return asked.all;
    }

    private final class Asked {
        private boolean all = true;

        private void ask(long hash) {
            all &= bloom.mayContain(hash);
        }
    }
}
