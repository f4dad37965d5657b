package io.spanlake.simulation.node;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.simulation.catalog.SimCatalog;
import io.spanlake.simulation.log.Topic;
import io.spanlake.simulation.store.SimBlobs;
import io.spanlake.simulation.store.StoredBlobs;
import io.spanlake.simulation.time.Chance;
import io.spanlake.simulation.time.SimProcess;
import io.spanlake.simulation.time.SimTime;
import io.spanlake.simulation.time.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What all processes share.
 *
 * @param random       of the seed: all chance comes from it
 * @param chance       what may happen to calls now
 * @param storeChanged told after each change of the store
 * @param scratch      a folder for files of parts under way
 */
public record Surroundings(
        SimTime time,
        Random random,
        Supplier<Chance> chance,
        Trace trace,
        Topic topic,
        StoredBlobs stored,
        SimCatalog catalog,
        Runnable storeChanged,
        Path scratch,
        OrganizationId organization,
        UUID project,
        List<ObjectRef> objects) {
    public Surroundings {
        objects = List.copyOf(objects);
    }

    public SimProcess ofEvents(String name) {
        return SimProcess.ofEvents(name, time, random, chance, trace);
    }

    public SimProcess ofThread(String name) {
        return SimProcess.ofThread(name, time, random, chance, trace);
    }

    BlobStore blobs(SimProcess process) {
        return new SimBlobs(stored, process, random, storeChanged::run);
    }
}
