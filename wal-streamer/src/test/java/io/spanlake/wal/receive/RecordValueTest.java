package io.spanlake.wal.receive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordValueTest {
    @Test
    void aValueInAnArrayOfItsOwnIsNotCopied() {
        var record = ByteBuffer.wrap("length,value".getBytes(US_ASCII));
        var value = record.slice(7, 5);

        var slice = RecordValue.of(value);

        assertThat(slice).isEqualTo(ByteSlice.ofUtf8("value"));
        assertThat(slice.array()).isSameAs(record.array());
    }

    @Test
    void aValueInAFetchOfManyRecordsDoesNotKeepTheFetch() {
        var fetch = ByteBuffer.allocate(1 << 20).put(5_000, "value".getBytes(US_ASCII));

        var slice = RecordValue.of(fetch.slice(5_000, 5));

        assertThat(slice).isEqualTo(ByteSlice.ofUtf8("value"));
        assertThat(slice.array()).hasSize(5);
    }

    @Test
    void aRecordWithoutAValueIsAnEmptyOne() {
        assertThat(RecordValue.of(null).length()).isZero();
    }
}
