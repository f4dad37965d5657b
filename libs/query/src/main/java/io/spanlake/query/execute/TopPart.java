package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.plan.Scalar;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Mono;

/**
 * A part of which the first rows are wanted.
 *
 * @param rows   that the index selects; not changed
 * @param rest   what they still have to be tested for
 * @param vector their keys; absent where the rows have to be read to know them
 * @param test   loaded where it is asked for, once: where too many rows would be read
 */
record TopPart(
        PartLayer part,
        RoaringBitmap rows,
        Optional<Scalar> rest,
        Optional<ColumnVector> vector,
        Mono<Optional<ColumnTest>> test) {}
