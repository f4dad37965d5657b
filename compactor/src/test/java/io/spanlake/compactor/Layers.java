package io.spanlake.compactor;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.query.browse.Browse;
import io.spanlake.query.browse.BrowseLimits;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.part.OpenParts;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.PartStretches;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.part.TraceCounts;
import io.spanlake.query.part.VectorSettings;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.StrictReads;
import io.spanlake.query.read.StrictSettings;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailViews;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a query node reads a kit's object by, made anew each time. */
final class Layers implements AutoCloseable {
    private final CompactorKit kit;
    private final BlobStore store;
    private final Scheduler decode = Schedulers.newBoundedElastic(4, 100_000, "layers-decode");
    private final Scheduler search = Schedulers.newBoundedElastic(4, 100_000, "layers-search");

    Layers(CompactorKit kit) {
        this(kit, kit.blobs);
    }

    /** @param store that blobs are read through */
    Layers(CompactorKit kit, BlobStore store) {
        this.kit = kit;
        this.store = store;
    }

    ObjectReads reads(long viewBytes) {
        var node = new Node(viewBytes);
        return new ObjectReads(
                node.views,
                node.blobs,
                node.parts,
                new TraceCounts(1 << 20, node.registry),
                node.strict,
                decode,
                64 << 20,
                InstantSource.system(),
                node.registry);
    }

    ObjectScans scans(long viewBytes) {
        var node = new Node(viewBytes);
        var vectors = new PartVectors(new VectorSettings(1 << 20, 0, 1), search, node.registry);
        return new ObjectScans(node.views, node.strict, node.blobs, node.parts, vectors, search, decode);
    }

    /** @param fewRows beyond which the engine is asked */
    Browse browse(long viewBytes, int fewRows) {
        return new Browse(
                scans(viewBytes),
                decode,
                new BrowseLimits(fewRows, 100_000, Duration.ofSeconds(60), 64 << 20, 64 << 20),
                PriceTable.defaults(),
                InstantSource.system());
    }

    private final class Node {
        final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        final PartStretches stretches = new PartStretches(1 << 20, registry);
        final TailBlobs blobs = new TailBlobs(store, decode, 1 << 20, stretches, registry);
        final PartReads parts = new PartReads(stretches, search);
        final TailViews views;
        final StrictReads strict;

        Node(long viewBytes) {
            views = new TailViews(
                    kit.snapshots,
                    blobs,
                    new OpenParts(store, decode),
                    parts,
                    decode,
                    viewBytes,
                    InstantSource.system(),
                    registry,
                    "test");
            strict = new StrictReads(
                    () -> Mono.just(Map.of()),
                    kit.walSnapshots,
                    Flux.never(),
                    new StrictSettings(Duration.ofSeconds(1), Duration.ofMillis(50)),
                    Schedulers.parallel(),
                    registry);
        }
    }

    @Override
    public void close() {
        decode.dispose();
        search.dispose();
    }
}
