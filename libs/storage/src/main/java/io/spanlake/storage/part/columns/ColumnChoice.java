package io.spanlake.storage.part.columns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides which paths of a part are columns. Pure.
 *
 * <ol>
 *   <li>the fixed ones, always, so that outside readers find them in every file;
 *   <li>below {@code metrics} and {@code scores} every path that has a number in any row, as double; counters of tokens as
 *       integer;
 *   <li>below {@code metadata} the paths that a share of the rows has, of the type that holds most of their values.
 * </ol>
 *
 * @param columns  in the order of the file: the fixed ones first, then by path
 * @param complete whether every number below {@code metrics} and {@code scores} lies at the path of a column
 */
record ColumnChoice(List<Column> columns, boolean complete) {
    private record Candidate(Column column, long present) {}

    static ColumnChoice of(PathTree paths, long rows, ColumnLimits limits) {
        var chosen = new ArrayList<Candidate>();
        boolean complete = paths.complete();
        for (var root : FixedColumns.NUMBERS) {
            var numbers = candidates(paths, root, ColumnChoice::ofNumbers);
            complete &= numbers.size() <= limits.numbersMax();
            chosen.addAll(numbers.subList(0, Math.min(numbers.size(), limits.numbersMax())));
        }
        candidates(paths, "metadata", node -> ofMetadata(node, rows, limits)).stream()
                .limit(limits.metadataMax())
                .forEach(chosen::add);
        var byPath = chosen.stream().map(Candidate::column).sorted(Comparator.comparing(Column::path));
        return new ColumnChoice(Stream.concat(paths.fixed().stream(), byPath).toList(), complete);
    }

    /** The most frequent first. */
    private static List<Candidate> candidates(
            PathTree paths, String root, Function<PathNode, Optional<ColumnType>> type) {
        Predicate<PathNode> earns = node -> node.fixed == null && node.parent != null;
        return paths.all().stream()
                .filter(earns.and(node -> node.root().key.equals(root)))
                .flatMap(node -> type.apply(node).stream()
                        .map(chosen -> new Candidate(new Column(node.path(), chosen), node.present)))
                .sorted(Comparator.comparingLong(Candidate::present)
                        .reversed()
                        .thenComparing(candidate -> candidate.column().path()))
                .toList();
    }

    private static Optional<ColumnType> ofNumbers(PathNode node) {
        if (node.integers + node.doubles == 0) {
            return Optional.empty();
        }
        boolean counter = node.root().key.equals("metrics") && node.key.endsWith("_tokens");
        return Optional.of(counter ? ColumnType.INTEGER : ColumnType.DOUBLE);
    }

    private static Optional<ColumnType> ofMetadata(PathNode node, long rows, ColumnLimits limits) {
        if (node.present < limits.frequentShare() * rows) {
            return Optional.empty();
        }
        // Of two types that hold as many values the first.
        var best = ColumnType.TEXT;
        for (var type : List.of(ColumnType.INTEGER, ColumnType.DOUBLE, ColumnType.BOOLEAN)) {
            best = fitting(node, type) > fitting(node, best) ? type : best;
        }
        return fitting(node, best) >= limits.fittingShare() * node.present ? Optional.of(best) : Optional.empty();
    }

    private static long fitting(PathNode node, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> node.booleans;
            case INTEGER -> node.integers;
            case DOUBLE -> node.doubles + node.doubleIntegers;
            case TEXT -> node.texts;
            case TIME, TEXTS -> 0;
        };
    }
}
