package io.spanlake.query.browse;

import io.spanlake.query.read.Freshness;

/** An answer, what it was made of, and of which snapshot. */
public record Browsed<T>(T value, WorkDone work, Freshness freshness) {}
