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
    void whereNothingWasLeftOutNothingIsSaid() {
        var text = StatusText.of(JsonMapper.shared().readTree("""
                {"state":"running","data":"/d","addresses":{},"partitions":[],"unreadable":{"count":0,"newest":[]}}"""));

        assertThat(text).doesNotContain("UNREADABLE");
    }
}
