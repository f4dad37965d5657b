package io.spanlake.query.match;

import java.util.List;

/** What stands in every text that an expression finds. */
public sealed interface RequiredText {
    record Plain(String text) implements RequiredText {}

    record All(List<RequiredText> all) implements RequiredText {
        public All {
            all = List.copyOf(all);
        }
    }

    /** At least one of them. */
    record Any(List<RequiredText> any) implements RequiredText {
        public Any {
            any = List.copyOf(any);
        }
    }

    /** How many texts are looked for at most. */
    default int texts() {
        return switch (this) {
            case Plain _ -> 1;
            case All(var all) -> all.stream().mapToInt(RequiredText::texts).sum();
            case Any(var any) -> any.stream().mapToInt(RequiredText::texts).sum();
        };
    }

    default boolean standsIn(String text) {
        return switch (this) {
            case Plain(var wanted) -> text.contains(wanted);
            case All(var all) -> all.stream().allMatch(each -> each.standsIn(text));
            case Any(var any) -> any.stream().anyMatch(each -> each.standsIn(text));
        };
    }

    /** For where any case will do. */
    default RequiredText folded() {
        return switch (this) {
            case Plain(var text) -> new Plain(CaseFolding.fold(text));
            case All(var all) -> new All(all.stream().map(RequiredText::folded).toList());
            case Any(var any) -> new Any(any.stream().map(RequiredText::folded).toList());
        };
    }
}
