package io.spanlake.standalone.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatusTextTest {
    @Test
    void whatWasLeftOutOfTheLogIsTold() {
        var text = StatusText.of(JsonMapper.shared().readTree("""
                {"state":"running","data":"/d","addresses":{},"partitions":[],"unreadable":{"count":2,"newest":[
                  {"blob":"orgs/_unreadable/wal/0/1-7","bytes":12,"reason":"no envelope: cut off","found_at":"2026-11-24T12:00:00Z"}]}}"""));

        assertThat(text)
                .contains("UNREADABLE: 2 records")
                .contains("orgs/_unreadable/wal/0/1-7 (12 bytes, 2026-11-24T12:00:00Z): no envelope: cut off");
    }

    @Test
    void whatWaitsAndWhatThereIsIsTold() {
        var text = StatusText.of(JsonMapper.shared().readTree("""
                {"state":"running","data":"/d","addresses":{},"partitions":[],"indexing":true,
                 "waiting":{"unprocessed_writes":12,"unprocessed_seconds":3,"unindexed_rows":4567,"unindexed_raw_bytes":9,
                   "unindexed_seconds":240,"carried_rows":1,"missing_writes":0},
                 "parts":[{"level":1,"parts":2,"rows":30000,"dead_rows":7,"bytes":1000,"raw_bytes":9000}],
                 "stored":[{"kind":"deletion_vector","blobs":1,"bytes":50}],
                 "parts_to_erase":1,"erase_by":"2026-11-24T12:00:00Z"}"""));

        assertThat(text)
                .containsPattern("processed +12 +3 s")
                .containsPattern("indexed +4,567 +240 s")
                .containsPattern("1 +2 +30,000 +7 +1,000 +9,000")
                .containsPattern("deletion vector +1 +50")
                .contains("1 parts hold bytes of deleted rows, to be gone by 2026-11-24T12:00:00Z")
                .doesNotContain("MISSING")
                .doesNotContain("indexing is off");
    }

    @Test
    void whereNothingWasLeftOutNothingIsSaid() {
        var text = StatusText.of(JsonMapper.shared().readTree("""
                {"state":"running","data":"/d","addresses":{},"partitions":[],"unreadable":{"count":0,"newest":[]}}"""));

        assertThat(text).doesNotContain("UNREADABLE");
    }
}
