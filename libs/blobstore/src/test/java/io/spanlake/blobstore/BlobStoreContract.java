package io.spanlake.blobstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What every store does. */
abstract class BlobStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** An empty store of the test's own. */
    abstract BlobStore store();

    static BlobName name(String name) {
        return new BlobName(name);
    }

    static ByteSlice bytes(String text) {
        return ByteSlice.ofUtf8(text);
    }

    static ByteSlice randomBytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return ByteSlice.of(bytes);
    }

    static void put(BlobStore store, String name, String text) {
        store.putIfAbsent(name(name), List.of(bytes(text))).block(PATIENCE);
    }

    @Test
    void whatWasPutIsReadBack() {
        var store = store();

        store.putIfAbsent(name("orgs/1/a.wal"), List.of(bytes("one "), bytes(""), bytes("two")))
                .block(PATIENCE);

        assertThat(store.read(name("orgs/1/a.wal"), 0, 7).block(PATIENCE)).isEqualTo(bytes("one two"));
    }

    @Test
    void aBlobOfManyPartsAndSeveralBlocksIsReadBack() {
        var store = store();
        var whole = randomBytes(5_000_003);
        var parts = IntStream.range(0, 5_001)
                .mapToObj(i -> whole.slice(i * 1000, Math.min(1000, whole.length() - i * 1000)))
                .toList();

        store.putIfAbsent(name("large.bin"), parts).block(PATIENCE);

        assertThat(store.read(name("large.bin"), 0, whole.length()).block(PATIENCE))
                .isEqualTo(whole);
        assertThat(store.read(name("large.bin"), 2_345_678, 1_234_567).block(PATIENCE))
                .isEqualTo(whole.slice(2_345_678, 1_234_567));
    }

    @Test
    void anEmptyBlobIsABlob() {
        var store = store();

        store.putIfAbsent(name("empty"), List.of()).block(PATIENCE);

        assertThat(store.stat(name("empty")).block(PATIENCE))
                .extracting(BlobEntry::bytes)
                .isEqualTo(0L);
        assertThat(store.read(name("empty"), 0, 0).block(PATIENCE)).isEqualTo(bytes(""));
        assertThat(store.readUpTo(name("empty"), 0, 100).block(PATIENCE)).isEqualTo(bytes(""));
    }

    @Test
    void aRangeIsReadExactly() {
        var store = store();
        put(store, "range", "0123456789");

        assertThat(store.read(name("range"), 3, 4).block(PATIENCE)).isEqualTo(bytes("3456"));
        assertThat(store.read(name("range"), 9, 1).block(PATIENCE)).isEqualTo(bytes("9"));
        assertThat(store.read(name("range"), 10, 0).block(PATIENCE)).isEqualTo(bytes(""));
    }

    @Test
    void aRangeBeyondTheEndIsAnError() {
        var store = store();
        put(store, "range", "0123456789");

        StepVerifier.create(store.read(name("range"), 3, 8))
                .verifyErrorSatisfies(fault ->
                        assertThat(fault).isInstanceOf(BlobStoreException.class).hasMessageContaining("range"));
        StepVerifier.create(store.read(name("range"), 10, 1)).verifyError(BlobStoreException.class);
        StepVerifier.create(store.read(name("range"), 500, 1)).verifyError(BlobStoreException.class);
    }

    @Test
    void readUpToGivesWhatThereIs() {
        var store = store();
        put(store, "range", "0123456789");

        assertThat(store.readUpTo(name("range"), 3, 100).block(PATIENCE)).isEqualTo(bytes("3456789"));
        assertThat(store.readUpTo(name("range"), 3, 2).block(PATIENCE)).isEqualTo(bytes("34"));
        assertThat(store.readUpTo(name("range"), 10, 5).block(PATIENCE)).isEqualTo(bytes(""));
        assertThat(store.readUpTo(name("range"), 11, 5).block(PATIENCE)).isEqualTo(bytes(""));
    }

    @Test
    void aNameIsNeverWrittenTwice() {
        var store = store();
        put(store, "once", "first");

        StepVerifier.create(store.putIfAbsent(name("once"), List.of(bytes("second"))))
                .verifyError(BlobExistsException.class);

        assertThat(store.read(name("once"), 0, 5).block(PATIENCE)).isEqualTo(bytes("first"));
    }

    @Test
    void ofManyWhoPutOneNameOneSucceedsAndItsBytesStand() {
        var store = store();

        var winners = Flux.range(0, 8)
                .flatMap(
                        i -> store.putIfAbsent(name("race"), List.of(randomBytes(100_000 + i)))
                                .subscribeOn(Schedulers.parallel())
                                .thenReturn(i)
                                .onErrorResume(BlobExistsException.class, _ -> Mono.empty()),
                        8)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();

        assertThat(winners).hasSize(1);
        int length = 100_000 + winners.getFirst();
        assertThat(store.readUpTo(name("race"), 0, 200_000).block(PATIENCE)).isEqualTo(randomBytes(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 2_000_000, 5_000_003})
    void whatIsInAFileIsReadBack(int length, @TempDir Path files) {
        var store = store();
        var file = fileOf(files, randomBytes(length));

        store.putFileIfAbsent(name("orgs/1/a.part"), file).block(PATIENCE);

        assertThat(store.stat(name("orgs/1/a.part")).block(PATIENCE))
                .extracting(BlobEntry::bytes)
                .isEqualTo((long) length);
        assertThat(store.readUpTo(name("orgs/1/a.part"), 0, length + 1).block(PATIENCE))
                .isEqualTo(randomBytes(length));
        assertThat(file).isRegularFile();
    }

    @Test
    void whatBecomesOfAFileAfterItsPutDoesNotTouchTheBlob(@TempDir Path files) throws IOException {
        var store = store();
        var file = fileOf(files, bytes("as it was"));
        store.putFileIfAbsent(name("once"), file).block(PATIENCE);

        Files.writeString(file, "something");
        Files.delete(file);

        assertThat(store.readUpTo(name("once"), 0, 100).block(PATIENCE)).isEqualTo(bytes("as it was"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2_000_001})
    void aFileNeverTakesANameThatIsTaken(int length, @TempDir Path files) {
        var store = store();
        put(store, "once", "first");
        var file = fileOf(files, randomBytes(length));

        StepVerifier.create(store.putFileIfAbsent(name("once"), file)).verifyError(BlobExistsException.class);

        assertThat(store.readUpTo(name("once"), 0, 100).block(PATIENCE)).isEqualTo(bytes("first"));
    }

    @Test
    void aFileThatIsNotThereIsAnErrorAndNoBlob(@TempDir Path files) {
        var store = store();

        StepVerifier.create(store.putFileIfAbsent(name("a"), files.resolve("missing")))
                .verifyErrorSatisfies(fault -> assertThat(fault)
                        .isExactlyInstanceOf(BlobStoreException.class)
                        .hasMessageContaining("missing"));

        StepVerifier.create(store.stat(name("a"))).verifyError(BlobNotFoundException.class);
    }

    private static Path fileOf(Path folder, ByteSlice bytes) {
        try {
            return Files.write(folder.resolve("file"), bytes.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aMissingBlobIsSaidToBeMissing() {
        var store = store();

        StepVerifier.create(store.read(name("missing"), 0, 1)).verifyError(BlobNotFoundException.class);
        StepVerifier.create(store.read(name("missing/below"), 0, 0)).verifyError(BlobNotFoundException.class);
        StepVerifier.create(store.readUpTo(name("missing"), 0, 1)).verifyError(BlobNotFoundException.class);
        StepVerifier.create(store.stat(name("missing"))).verifyError(BlobNotFoundException.class);
    }

    @Test
    void theFolderOfABlobIsNoBlob() {
        var store = store();
        put(store, "a/b/c", "x");

        StepVerifier.create(store.read(name("a/b"), 0, 1)).verifyError(BlobNotFoundException.class);
        StepVerifier.create(store.stat(name("a"))).verifyError(BlobNotFoundException.class);
        store.delete(List.of(name("a/b"))).block(PATIENCE);

        assertThat(store.read(name("a/b/c"), 0, 1).block(PATIENCE)).isEqualTo(bytes("x"));
    }

    @Test
    void aListingIsInOrderOfWholeNames() {
        var store = store();
        var names = List.of("a-b", "a.b/c", "a/b", "a/b.c", "a/b0", "a0", "aB", "ab/x/y", "ab/x/z", "b");
        names.reversed().forEach(name -> put(store, name, name));

        var listed = store.list("").collectList().block(PATIENCE);

        assertThat(listed)
                .extracting(entry -> entry.name().value())
                .containsExactlyElementsOf(names.stream().sorted().toList());
        assertThat(listed)
                .allMatch(entry -> entry.bytes() == entry.name().value().length());
    }

    @Test
    void aListingHasAllThatBeginsWithThePrefixAndNothingElse() {
        var store = store();
        List.of("orgs/1/a", "orgs/1/b", "orgs/10/a", "orgs/2/a", "other").forEach(name -> put(store, name, "x"));

        assertThat(namesOf(store, "orgs/1/")).containsExactly("orgs/1/a", "orgs/1/b");
        assertThat(namesOf(store, "orgs/1")).containsExactly("orgs/1/a", "orgs/1/b", "orgs/10/a");
        assertThat(namesOf(store, "o")).hasSize(5);
        assertThat(namesOf(store, "orgs/1/a")).containsExactly("orgs/1/a");
        assertThat(namesOf(store, "nothing/here")).isEmpty();
        assertThat(namesOf(store, "orgs/1/a/")).isEmpty();
    }

    private static List<String> namesOf(BlobStore store, String prefix) {
        return store.list(prefix)
                .map(entry -> entry.name().value())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    @Test
    void aListingThatIsNotReadOnStops() {
        var store = store();
        List.of("1", "2", "3", "4").forEach(name -> put(store, name, "x"));

        StepVerifier.create(store.list("").map(entry -> entry.name().value()), 2)
                .expectNext("1", "2")
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void deletedBlobsAreGoneAndTheOthersStay() {
        var store = store();
        var names = IntStream.range(0, 300).mapToObj(i -> "many/" + i).toList();
        Flux.fromIterable(names)
                .flatMap(name -> store.putIfAbsent(name(name), List.of(bytes("x"))), 8)
                .blockLast(PATIENCE);
        put(store, "stays", "x");

        var all = new java.util.ArrayList<>(
                names.stream().map(BlobStoreContract::name).toList());
        all.add(name("never-was"));
        store.delete(all).block(PATIENCE);

        assertThat(namesOf(store, "")).containsExactly("stays");
    }

    @Test
    void whatIsGoneCanBeDeletedAgain() {
        var store = store();
        put(store, "gone", "x");

        store.delete(List.of(name("gone"))).block(PATIENCE);
        store.delete(List.of(name("gone"))).block(PATIENCE);
        store.delete(List.of()).block(PATIENCE);

        StepVerifier.create(store.stat(name("gone"))).verifyError(BlobNotFoundException.class);
    }

    @Test
    void theCallerIsNeverBlocked(@TempDir Path files) {
        var store = store();
        var file = fileOf(files, randomBytes(2_000_001));

        // BlockHound fails whatever blocks on a thread of this scheduler.
        Mono.defer(() -> store.putIfAbsent(name("from/a/loop"), List.of(bytes("x"))))
                .then(Mono.defer(() -> store.read(name("from/a/loop"), 0, 1)))
                .then(Mono.defer(() -> store.putFileIfAbsent(name("from/a/file"), file)))
                .then(Mono.defer(() -> store.list("from").then()))
                .then(Mono.defer(() -> store.delete(List.of(name("from/a/loop")))))
                .subscribeOn(Schedulers.parallel())
                .block(PATIENCE);
    }
}
