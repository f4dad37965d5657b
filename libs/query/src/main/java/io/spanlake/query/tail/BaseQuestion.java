package io.spanlake.query.tail;

import io.spanlake.query.part.OpenPart;
import java.util.List;

/** @param parts whose filters admit the row: at most one has it */
record BaseQuestion(String rowId, List<OpenPart> parts) {
    BaseQuestion {
        parts = List.copyOf(parts);
    }
}
