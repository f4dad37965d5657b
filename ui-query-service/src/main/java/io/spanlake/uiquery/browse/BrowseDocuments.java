package io.spanlake.uiquery.browse;

import io.spanlake.query.browse.Browsed;
import io.spanlake.query.browse.Facet;
import io.spanlake.query.browse.Histogram;
import io.spanlake.query.browse.ListPage;
import io.spanlake.query.browse.RowCounts;
import io.spanlake.query.browse.WorkDone;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.uiquery.answer.Answers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/** Answers as documents: the value, what it was made of, how fresh it is. */
final class BrowseDocuments {
    private final Answers answers;

    BrowseDocuments(Answers answers) {
        this.answers = answers;
    }

    Mono<ServerResponse> list(Browsed<ListPage> found) {
        var page = found.value();
        var after = new LinkedHashMap<String, Object>();
        page.next().ifPresent(cursor -> after.put("next", cursor));
        page.previous().ifPresent(cursor -> after.put("previous", cursor));
        after.put("work", work(found.work()));
        return answers.rows(page.rows(), after, found.freshness());
    }

    Mono<ServerResponse> facets(Browsed<List<Facet>> found) {
        return document(
                "facets", found.value().stream().map(BrowseDocuments::facet).toList(), found);
    }

    Mono<ServerResponse> values(Browsed<Facet> found) {
        return document("values", counts(found.value()), found);
    }

    Mono<ServerResponse> histogram(Browsed<Histogram> found) {
        var histogram = new LinkedHashMap<String, Object>();
        histogram.put("seconds", found.value().bucketSeconds());
        histogram.put(
                "buckets",
                found.value().buckets().stream()
                        .map(bucket -> {
                            var json = new LinkedHashMap<String, Object>();
                            json.put("from", bucket.from().toString());
                            json.put("rows", bucket.rows());
                            json.put("errors", bucket.errors());
                            return json;
                        })
                        .toList());
        histogram.put("without_time", found.value().without());
        return document("histogram", histogram, found);
    }

    Mono<ServerResponse> counts(Browsed<RowCounts> found) {
        var members = new LinkedHashMap<String, Object>();
        members.put("rows", found.value().rows());
        members.put("traces", found.value().traces());
        members.put("work", work(found.work()));
        return answers.document(members, found.freshness());
    }

    private Mono<ServerResponse> document(String name, Object value, Browsed<?> found) {
        var members = new LinkedHashMap<String, Object>();
        members.put(name, value);
        members.put("work", work(found.work()));
        return answers.document(members, found.freshness());
    }

    private static Map<String, Object> facet(Facet facet) {
        var json = new LinkedHashMap<String, Object>();
        json.put("path", facet.path());
        json.put("values", counts(facet));
        json.put("others", facet.others());
        json.put("missing", facet.missing());
        return json;
    }

    private static List<Map<String, Object>> counts(Facet facet) {
        return facet.values().stream()
                .map(count -> {
                    var json = new LinkedHashMap<String, Object>();
                    json.put("value", new RawValue(JsonWriter.json(count.value())));
                    json.put("rows", count.rows());
                    return (Map<String, Object>) json;
                })
                .toList();
    }

    private static Map<String, Object> work(WorkDone work) {
        var json = new LinkedHashMap<String, Object>();
        json.put("exact", work.exact());
        json.put("examined", work.examined());
        work.met().ifPresent(limit -> json.put("limit", limit.name().toLowerCase(Locale.ROOT)));
        return json;
    }
}
