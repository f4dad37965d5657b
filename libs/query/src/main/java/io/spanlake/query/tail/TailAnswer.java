package io.spanlake.query.tail;

import io.spanlake.query.part.VisiblePart;
import java.util.List;

/**
 * @param state the snapshot that the value is of
 * @param parts what that snapshot has beside the tail
 */
public record TailAnswer<T>(T value, TailState state, List<VisiblePart> parts) {
    static <T> TailAnswer<T> of(TailQuestion<T> question, Tail tail) {
        return new TailAnswer<>(question.askedOf(tail), tail.state(), tail.parts());
    }
}
