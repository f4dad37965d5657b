package io.spanlake.uiquery.browse;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.query.browse.Browse;
import io.spanlake.query.browse.LiveRows;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.uiquery.answer.Answers;
import io.spanlake.uiquery.request.ObjectRequests;
import java.time.Duration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Puts the routes of questions and of live rows together. */
public final class BrowseHttp {
    private BrowseHttp() {}

    /**
     * @param running questions at once
     * @param timeMax of a question
     */
    public static RouterFunction<ServerResponse> questions(
            ObjectRequests requests,
            Browse browse,
            ObjectReads reads,
            int running,
            Duration timeMax,
            MeterRegistry registry) {
        var places = new Places(running, "questions", "questions", registry);
        return new BrowseRoutes(requests, browse, reads, places, timeMax, new Answers()).routes();
    }

    /**
     * @param streams at once
     * @param lasting how long a stream lasts
     */
    public static RouterFunction<ServerResponse> live(
            ObjectRequests requests, LiveRows live, int streams, Duration lasting, MeterRegistry registry) {
        var places = new Places(streams, "live", "live streams", registry);
        return new LiveRoutes(requests, live, places, lasting, new LiveEvents(new Answers())).routes();
    }
}
