package io.spanlake.query.read;

import io.spanlake.query.tail.TailCounts;

/** How many rows and traces are visible. */
public record CountsAnswer(TailCounts counts, Freshness freshness) {}
