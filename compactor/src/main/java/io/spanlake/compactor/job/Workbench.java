package io.spanlake.compactor.job;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.compactor.Failpoints;
import io.spanlake.compactor.read.OpenParts;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.processed.ProcessedBlobs;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What every job works with.
 *
 * @param scratch       folder for files of parts that are being written; a folder of its own in it for each job
 * @param frameBytes    of decoded frames that a job keeps
 * @param partSettings  how parts are written
 * @param partRawBytes  about how much JSON goes into one part
 * @param traceRawBytes about how much JSON of one trace goes into one part
 */
public record Workbench(
        BlobStore blobs,
        ProcessedBlobs processed,
        OpenParts parts,
        Path scratch,
        long frameBytes,
        PartSettings partSettings,
        long partRawBytes,
        long traceRawBytes,
        InstantSource clock,
        RandomGenerator random,
        Failpoints failpoints) {}
