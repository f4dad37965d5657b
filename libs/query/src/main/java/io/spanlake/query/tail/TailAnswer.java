package io.spanlake.query.tail;

/** @param state the snapshot that the value is of */
public record TailAnswer<T>(T value, TailState state) {
    static <T> TailAnswer<T> of(TailQuestion<T> question, Tail tail) {
        return new TailAnswer<>(question.askedOf(tail), tail.state());
    }
}
