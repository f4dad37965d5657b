package io.spanlake.gateway.otlp;

import io.spanlake.model.ByteSlice;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON form of an export request (OTLP 1.x: lowerCamelCase keys, hex ids, 64-bit numbers as text or number).
 * Unknown fields are passed over, as the protocol wants. Numbers keep their text.
 */
final class JsonTraces {
    /** A level of nested values is four of JSON: value object, list object, array, entry object. */
    private static final int JSON_LEVELS_PER_LEVEL = 4;

    private static final int JSON_LEVELS_AROUND = 12;

    private final int depthMax;
    private final JsonFactory factory;

    /** @param depthMax levels of nested values that are taken */
    JsonTraces(int depthMax) {
        this.depthMax = depthMax;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depthMax * JSON_LEVELS_PER_LEVEL + JSON_LEVELS_AROUND)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(1_000)
                        .maxNameLength(1 << 20)
                        .build())
                .build();
    }

    List<ExportedSpan> read(ByteSlice body) throws MalformedExport {
        try (JsonParser json =
                factory.createParser(ObjectReadContext.empty(), body.array(), body.offset(), body.length())) {
            var values = new JsonValues(json);
            var spans = new JsonExport(values).request();
            if (!values.atEnd()) {
                throw values.fault("more follows after the request");
            }
            return spans;
        } catch (StreamConstraintsException e) {
            throw new MalformedExport(
                    "the JSON is nested deeper than %d levels of attributes, or a name or number is too long"
                            .formatted(depthMax));
        } catch (JacksonException e) {
            throw new MalformedExport("the body is not JSON at byte "
                    + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()));
        }
    }
}
