package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.ORGANIZATION;

import io.spanlake.catalog.parts.Checkpoint;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.NewCheckpoint;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.Receipt;
import io.spanlake.catalog.parts.Swap;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.model.ObjectRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A swap in the making, whose balance is always right unless a test says otherwise: what is missing was folded. */
public final class SwapDraft {
    private final ObjectSnapshot planned;
    private final Set<Long> sections = new HashSet<>();
    private final Set<Long> parts = new HashSet<>();
    private final List<NewPart> outputs = new ArrayList<>();
    private final List<ProcessedObject> carried = new ArrayList<>();
    private final List<Deaths> deaths = new ArrayList<>();
    private NewCheckpoint checkpoint;
    private Optional<Receipt> receipt = Optional.empty();
    private long in;
    private long live;

    private SwapDraft(ObjectSnapshot planned) {
        this.planned = planned;
        this.checkpoint = Stages.checkpoint(planned);
    }

    public static Checkpoint emptyCheckpoint(ObjectRef object) {
        return new Checkpoint(ORGANIZATION, object, 1, 1, Map.of(), List.of(), List.of());
    }

    public static SwapDraft on(ObjectSnapshot planned) {
        return new SwapDraft(planned);
    }

    public SwapDraft takeAllSections() {
        planned.sections()
                .forEach(section -> takeSection(section.id(), section.section().stampSum()));
        return this;
    }

    public SwapDraft takeSection(long id, long sum) {
        sections.add(id);
        in += sum;
        return this;
    }

    public SwapDraft take(LivePart part) {
        parts.add(part.id());
        in += part.liveStampSum();
        return this;
    }

    public SwapDraft put(NewPart part) {
        outputs.add(part);
        live += part.liveStampSum();
        return this;
    }

    public SwapDraft carry(ProcessedObject blob) {
        carried.add(blob);
        blob.sections().forEach(section -> live += section.stampSum());
        return this;
    }

    public SwapDraft kill(Deaths dead) {
        deaths.add(dead);
        in += dead.killedSum();
        return this;
    }

    public SwapDraft checkpoint(NewCheckpoint other) {
        checkpoint = other;
        return this;
    }

    public SwapDraft receipt(Receipt given) {
        receipt = Optional.of(given);
        return this;
    }

    public Swap swap() {
        return swap(new Balance(in, live, in - live, 0));
    }

    public Swap swap(Balance balance) {
        return new Swap(
                UUID.randomUUID(),
                ORGANIZATION,
                planned.object(),
                planned.version(),
                sections,
                parts,
                outputs,
                carried,
                deaths,
                balance,
                checkpoint,
                receipt);
    }
}
