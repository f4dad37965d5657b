/**
 * The PostgreSQL tables that say which blobs are live, up to which offset each stage has come, and who owns what.
 *
 * <p>May import: model, Reactor, R2DBC, Flyway. Never Spring, Kafka, the blob store. Interfaces here are ports: services
 * know these, and the PostgreSQL side of each stands beside it.
 */
@NullMarked
package io.spanlake.catalog;

import org.jspecify.annotations.NullMarked;
