package io.spanlake.query.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TimeValue;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramCounterTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 90, 1", "1, 200, 10", "60, 90, 60", "1, 3600, 60", "1, 90000, 1800", "1, 8000000, 86400"
    })
    void bucketsAreTheShortestThatAreFewEnough(int least, int seconds, int bucket) {
        var counter = new HistogramCounter(least);
        counter.add(TimeValue.of(BEGIN), false);
        counter.add(TimeValue.of(BEGIN.plusSeconds(seconds - 1)), true);

        assertThat(counter.histogram(100).bucketSeconds()).isEqualTo(bucket);
    }

    @Test
    void everyRowStandsInOneBucketHoweverManySecondsThereAre() {
        var random = new Random(1);
        var counter = new HistogramCounter(1);
        for (int i = 0; i < 50_000; i++) {
            counter.add(TimeValue.of(BEGIN.minusSeconds(random.nextInt(2_000_000))), i % 10 == 0);
        }
        counter.add(NullValue.NULL, true);

        var histogram = counter.histogram(100);

        assertThat(histogram.buckets().stream()
                        .mapToLong(Histogram.Bucket::rows)
                        .sum())
                .isEqualTo(50_000);
        assertThat(histogram.buckets().stream()
                        .mapToLong(Histogram.Bucket::errors)
                        .sum())
                .isEqualTo(5_000);
        assertThat(histogram.without()).isEqualTo(1);
        assertThat(histogram.buckets()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void timesBefore1970HaveTheirBuckets() {
        var counter = new HistogramCounter(60);
        counter.add(TimeValue.of(Instant.parse("1969-12-31T23:59:59Z")), false);

        assertThat(counter.histogram(1).buckets())
                .containsExactly(new Histogram.Bucket(Instant.parse("1969-12-31T23:59:00Z"), 1, 0));
    }
}
