package io.spanlake.simulation.catalog;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.UnbalancedException;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.catalog.parts.Swap;
import io.spanlake.catalog.parts.SwapChecks;
import io.spanlake.catalog.parts.SwapOutcome;
import io.spanlake.catalog.parts.WrongSwapException;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.simulation.catalog.Tables.CutBlobRow;
import io.spanlake.simulation.catalog.Tables.CutSection;
import io.spanlake.simulation.catalog.Tables.Floor;
import io.spanlake.simulation.catalog.Tables.Part;
import io.spanlake.simulation.catalog.Tables.Published;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The swap: {@code SwapSql}, said plainly. */
class SwapModel {
    final Tables tables;

    SwapModel(Tables tables) {
        this.tables = tables;
    }

    SwapOutcome swap(Swap swap) {
        SwapChecks.check(swap);
        var object = tables.published.get(swap.object());
        var verdict = verdict(swap, object);
        if (object != null && verdict.equals(OUTDATED)) {
            var before = tables.swaps.get(swap.id());
            return before == null ? new SwapOutcome.Outdated(object.version) : new SwapOutcome.Published(before);
        }
        if (verdict.equals(UNBALANCED)) {
            throw new UnbalancedException("swap %s of %s: %s, the catalog has in=%d"
                    .formatted(swap.id(), swap.object(), swap.balance(), sumIn(swap)));
        }
        if (object == null || !verdict.equals(PUBLISHED)) {
            throw new WrongSwapException(
                    "swap %s of %s, version %d, is %s".formatted(swap.id(), swap.object(), swap.version(), verdict));
        }
        BlobNamesTaken.refuse(tables, SwapChecks.namesOf(swap));
        return new SwapOutcome.Published(publish(swap, object));
    }

    static final String PUBLISHED = "published";
    static final String OUTDATED = "outdated";
    static final String UNBALANCED = "unbalanced";

    /** What is wrong with it, the first thing first. */
    String verdict(Swap swap, @org.jspecify.annotations.Nullable Published object) {
        if (object == null) {
            return "of an object that was never cut";
        }
        if (object.version != swap.version()) {
            return OUTDATED;
        }
        if (!swap.inputsProcessed().stream().allMatch(id -> isLiveSection(id, swap))) {
            return "of a processed section that is not live";
        }
        if (!swap.inputParts().stream().allMatch(id -> isLivePart(id, swap))) {
            return "of a part that is not live";
        }
        for (var deaths : swap.deaths()) {
            if (!isLivePart(deaths.part(), swap) || swap.inputParts().contains(deaths.part())) {
                return "killing rows of a part that is not live or is an input";
            }
        }
        for (var deaths : swap.deaths()) {
            if (part(deaths.part()).dvVersion != deaths.fromVersion()) {
                return "made from an old deletion vector";
            }
        }
        for (var deaths : swap.deaths()) {
            if (!addsUp(part(deaths.part()), deaths)) {
                return "killing rows that are dead";
            }
        }
        for (var floor : swap.checkpoint().floors().entrySet()) {
            var processed = tables.processed.get(floor.getKey());
            if (processed == null || floor.getValue().compareTo(processed.place()) > 0) {
                return "with a floor beyond what is processed";
            }
        }
        return sumIn(swap) == swap.balance().in() ? PUBLISHED : UNBALANCED;
    }

    private boolean isLiveSection(long id, Swap swap) {
        var section = tables.cutSections.get(id);
        return section != null && section.section().object().equals(swap.object());
    }

    private boolean isLivePart(long id, Swap swap) {
        var part = tables.parts.get(id);
        return part != null && part.object.equals(swap.object());
    }

    Part part(long id) {
        return Objects.requireNonNull(tables.parts.get(id));
    }

    private static boolean addsUp(Part part, Deaths deaths) {
        return part.deadRows() + deaths.killedRows() == deaths.dead().rows()
                && deaths.dead().rows() <= part.file.rows()
                && part.deadSum() + deaths.killedSum() == deaths.dead().stampSum();
    }

    long sumIn(Swap swap) {
        long sections = swap.inputsProcessed().stream()
                .mapToLong(id -> Objects.requireNonNull(tables.cutSections.get(id))
                        .section()
                        .stampSum())
                .sum();
        long parts = swap.inputParts().stream()
                .mapToLong(id -> part(id).file.stampSum() - part(id).deadSum())
                .sum();
        return sections
                + parts
                + swap.deaths().stream().mapToLong(Deaths::killedSum).sum();
    }

    private long publish(Swap swap, Published object) {
        var id = Optional.of(swap.id());
        long version = object.version + 1;
        boolean dated = swap.inputParts().stream().anyMatch(part -> part(part).eraseBy != null);
        swap.inputsProcessed().stream().sorted().forEach(section -> takeOut(section, id));
        swap.inputParts().stream().sorted().forEach(part -> retire(tables.parts.remove(part), id));
        swap.deaths().forEach(deaths -> die(deaths, id));
        if (object.checkpoint != null) {
            tables.retire(object.checkpoint, id);
        }
        swap.outputs().forEach(output -> putIn(output, swap, version, dated));
        swap.carried().forEach(blob -> carry(blob, swap));
        tables.list(swap.checkpoint().name(), swap.checkpoint().bytes());
        swap.receipt().ifPresent(receipt -> tables.list(receipt.blobName(), receipt.bytes()));
        swap.checkpoint().floors().forEach((partition, floor) -> raise(swap, partition, floor));
        tables.swaps.put(swap.id(), version);
        object.version = version;
        object.checkpoint = swap.checkpoint().name();
        return version;
    }

    private void takeOut(long section, Optional<java.util.UUID> by) {
        var taken = Objects.requireNonNull(tables.cutSections.remove(section));
        var blob = Objects.requireNonNull(tables.cutBlobs.get(taken.blob()));
        blob.sectionsLeft--;
        if (blob.sectionsLeft == 0) {
            tables.retire(blob.name, by);
        }
    }

    private void retire(@org.jspecify.annotations.Nullable Part part, Optional<java.util.UUID> by) {
        if (part == null) {
            return;
        }
        tables.retire(part.file.name(), by);
        tables.retire(part.file.orcName(), by);
        part.dead.ifPresent(dead -> tables.retire(dead.name(), by));
    }

    private void die(Deaths deaths, Optional<java.util.UUID> by) {
        var part = part(deaths.part());
        part.dead.map(DeletionVector::name).ifPresent(old -> tables.retire(old, by));
        part.dvVersion++;
        part.dead = Optional.of(deaths.dead());
        deaths.eraseBy().ifPresent(at -> part.eraseBy = sooner(part.eraseBy, at));
        tables.list(deaths.dead().name(), deaths.dead().bytes());
    }

    private static Instant sooner(@org.jspecify.annotations.Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private void putIn(NewPart output, Swap swap, long version, boolean dated) {
        var part = new Part(tables.nextId(), swap.object(), output.file(), version, tables.now());
        part.dead = output.dead();
        part.dvVersion = output.dead().isPresent() ? 1 : 0;
        part.eraseBy = dated ? output.eraseBy().orElse(null) : null;
        tables.parts.put(part.id, part);
        tables.list(output.file().name(), output.file().bytes());
        tables.list(output.file().orcName(), output.file().orcBytes());
        output.dead().ifPresent(dead -> tables.list(dead.name(), dead.bytes()));
    }

    private void carry(ProcessedObject object, Swap swap) {
        var blob = new CutBlobRow(
                tables.nextId(), object.name(), swap.organization(), object.bytes(), object.footerOffset());
        blob.sectionsLeft = object.sections().size();
        tables.cutBlobs.put(blob.id, blob);
        tables.list(object.name(), object.bytes());
        for (var section : object.sections()) {
            long id = tables.nextId();
            tables.cutSections.put(id, new CutSection(id, blob.id, section, true, tables.now()));
        }
    }

    private void raise(Swap swap, int partition, LogOffset floor) {
        tables.floors.merge(
                new Floor(swap.object(), partition), floor, (old, now) -> old.compareTo(now) < 0 ? now : old);
    }

    /** Of the log of an object what its checkpoint covers. */
    int retireLog(io.spanlake.model.ObjectRef object) {
        var emptied = new java.util.TreeSet<Long>();
        for (var section : List.copyOf(tables.logObjects)) {
            var floor = tables.floors.get(new Floor(object, section.partition()));
            if (section.object().equals(object)
                    && floor != null
                    && section.end().compareTo(floor) <= 0) {
                tables.logObjects.remove(section);
                if (tables.objectsLeft.merge(section.blob(), -1L, Long::sum) == 0) {
                    emptied.add(section.blob());
                }
            }
        }
        for (long blob : emptied) {
            tables.retire(Objects.requireNonNull(tables.logBlobs.get(blob)).name(), Optional.empty());
        }
        dropQuietSegments(object);
        return emptied.size();
    }

    private void dropQuietSegments(io.spanlake.model.ObjectRef object) {
        var before = tables.now().minus(java.time.Duration.ofDays(1));
        tables.segments
                .entrySet()
                .removeIf(entry -> entry.getValue().object.equals(object)
                        && entry.getValue().cutAt.isBefore(before)
                        && isUnused(entry));
    }

    private boolean isUnused(Map.Entry<java.util.UUID, Tables.Segment> segment) {
        return tables.cutSections.values().stream()
                        .noneMatch(section -> section.section().segment().equals(segment.getKey()))
                && tables.parts.values().stream()
                        .noneMatch(part -> part.file.segment().equals(Optional.of(segment.getKey())));
    }
}
