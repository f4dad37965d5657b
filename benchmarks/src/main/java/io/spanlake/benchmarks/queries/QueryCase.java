package io.spanlake.benchmarks.queries;

import java.util.List;

/**
 * One kind of question.
 *
 * @param name    for the table
 * @param peer    what the peers' results call it; empty where they have none
 * @param wanted  p50 that it should not pass, in milliseconds
 * @param queries variants, asked in turn
 */
record QueryCase(String name, String peer, double wanted, List<String> queries) {
    QueryCase {
        queries = List.copyOf(queries);
    }
}
