package io.spanlake.rebuild;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.directory.DirectoryBlobs;
import io.spanlake.catalog.directory.DirectoryCopies;
import io.spanlake.catalog.directory.DirectoryCopy;
import io.spanlake.catalog.rebuild.RebuiltCatalog;
import io.spanlake.model.OrganizationId;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Names and keys from the copies that lie beside the data (docs/formats/directory.md). What has data and stands in no copy gets
 * a name made of its id, so that it can be read.
 */
public final class DirectoryRebuild {
    private static final String EVERYTHING = "orgs/";
    private static final Comparator<BlobEntry> NEWEST_FIRST =
            Comparator.comparing((BlobEntry blob) -> blob.name().value()).reversed();

    private final BlobStore store;
    private final DirectoryCopies directory;
    private final Scheduler decode;

    /** @param decode bounded, for CPU work */
    public DirectoryRebuild(BlobStore store, DirectoryCopies directory, Scheduler decode) {
        this.store = store;
        this.directory = directory;
        this.decode = decode;
    }

    /**
     * @param restored organizations of which there was a copy
     * @param nameless organizations that have data and no copy, with the names that they were given: their keys are lost
     * @param problems what could not be read
     */
    public record RebuiltDirectory(int restored, Map<OrganizationId, String> nameless, List<String> problems) {
        public RebuiltDirectory {
            nameless = Map.copyOf(nameless);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Once the catalog is rebuilt.
     *
     * @param nameOfOnly of an organization that has data and no copy, where it is the only one
     */
    public Mono<RebuiltDirectory> run(RebuiltCatalog catalog, String nameOfOnly) {
        return copies().flatMap(found -> {
            var copies = found.found().stream().collect(Collectors.toMap(DirectoryCopy::organization, copy -> copy));
            var placeholders = Placeholders.of(catalog);
            var nameless = nameless(placeholders.keySet(), copies.keySet(), nameOfOnly);
            var missing = placeholders.values().stream()
                    .map(holder -> holder.copy(
                            Optional.ofNullable(copies.get(holder.organization())),
                            nameless.getOrDefault(
                                    holder.organization(),
                                    holder.organization().value().toString())))
                    .toList();
            return Flux.concat(Flux.fromIterable(copies.values()), Flux.fromIterable(missing))
                    .concatMap(directory::restore)
                    .then(Mono.just(new RebuiltDirectory(copies.size(), nameless, found.problems())));
        });
    }

    /**
     * What the newest copies tell of and the database does not know, in words: something, where it was set back to an older
     * state. What cannot be read tells nothing.
     */
    public Mono<List<String>> lacked() {
        return copies().flatMapIterable(Scanned::found)
                .concatMap(directory::lackedOf)
                .flatMapIterable(lacked -> lacked)
                .collectList();
    }

    private static Map<OrganizationId, String> nameless(
            Collection<OrganizationId> withData, Collection<OrganizationId> withCopy, String nameOfOnly) {
        var nameless = new HashMap<OrganizationId, String>();
        withData.stream()
                .filter(organization -> !withCopy.contains(organization))
                .forEach(organization -> nameless.put(organization, "recovered-" + organization.value()));
        if (nameless.size() == 1) {
            nameless.replaceAll((organization, recovered) -> nameOfOnly);
        }
        return nameless;
    }

    private Mono<Scanned<DirectoryCopy>> copies() {
        var problems = new ArrayList<String>();
        return store.list(EVERYTHING)
                .filter(blob ->
                        DirectoryBlobs.organizationOf(blob.name().value()).isPresent())
                .collect(Collectors.groupingBy(
                        blob -> DirectoryBlobs.organizationOf(blob.name().value())))
                .flatMapMany(byOrganization -> Flux.fromIterable(byOrganization.values()))
                .concatMap(blobs -> newest(blobs.stream().sorted(NEWEST_FIRST).toList(), problems))
                .collectList()
                .map(copies -> new Scanned<>(copies, problems));
    }

    /** The first that can be read. */
    private Mono<DirectoryCopy> newest(List<BlobEntry> newestFirst, List<String> problems) {
        return Flux.fromIterable(newestFirst)
                .concatMap(blob -> read(blob, problems), 0)
                .next();
    }

    private Mono<DirectoryCopy> read(BlobEntry blob, List<String> problems) {
        return store.read(blob.name(), 0, Math.toIntExact(blob.bytes()))
                .publishOn(decode)
                .map(bytes -> DirectoryBlobs.decode(blob.name().value(), bytes))
                .onErrorResume(UncheckedIOException.class, unreadable -> {
                    problems.add(String.valueOf(unreadable.getMessage()));
                    return Mono.empty();
                });
    }
}
