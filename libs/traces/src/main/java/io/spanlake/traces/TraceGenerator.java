package io.spanlake.traces;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * Makes conversations of agents from a seed: the same seed gives the same bytes on every machine. Kinds, sizes and depths
 * follow what recorded agent traces show: the history of a conversation grows with every call and is sent whole again, tools
 * fail now and then, agents call other agents, judges score what came out, a few spans are very large.
 *
 * <p>Not thread-safe.
 */
public final class TraceGenerator {
    /** Traces begin this far apart, on average. */
    private static final Duration PACE = Duration.ofSeconds(20);

    private final RandomGenerator random;
    private long nextStartNanos;

    /** @param firstStart when the first conversation begins */
    public TraceGenerator(long seed, Instant firstStart) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.nextStartNanos = firstStart.getEpochSecond() * 1_000_000_000L + firstStart.getNano();
    }

    /** Conversations without end. */
    public Stream<AgentTrace> traces() {
        return Stream.generate(this::next);
    }

    /** The next conversation. */
    public AgentTrace next() {
        nextStartNanos += random.nextLong(PACE.toNanos() * 2);
        var language = random.nextInt(4) == 0 ? pick(Language.ALL) : Language.ENGLISH;
        var prose = new Prose(random, language);
        int kind = random.nextInt(100);
        if (kind < 9) {
            return new SupportConversation(random, prose, nextStartNanos).trace();
        }
        if (kind < 13) {
            return new CodingTask(random, prose, nextStartNanos).trace();
        }
        if (kind < 21) {
            return new Delegation(random, prose, nextStartNanos).trace();
        }
        if (kind < 36) {
            return new DocumentQuestion(random, prose, nextStartNanos).trace();
        }
        if (kind < 99) {
            return new JudgedAnswer(random, prose, nextStartNanos).trace();
        }
        return new OddValues(random, prose, nextStartNanos).trace();
    }

    /** Conversations until they have at least that many spans. */
    public List<AgentTrace> untilSpans(int spans) {
        var traces = new ArrayList<AgentTrace>();
        for (int count = 0; count < spans; ) {
            var trace = next();
            traces.add(trace);
            count += trace.spans().size();
        }
        return traces;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
