package io.spanlake.query.read;

import io.spanlake.query.tail.RowPage;

/** Which rows an answer has, without their JSON. */
public record PlacesAnswer(RowPage page, Freshness freshness) {}
