package io.spanlake.catalog.parts;

import io.spanlake.catalog.JsonParameter;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.processed.ProcessedJson;
import io.spanlake.catalog.processed.ProcessedSection;
import java.util.Map;

/** A swap as the one parameter of its statement. */
final class SwapParameter {
    private SwapParameter() {}

    private record NamedSection(String name, ProcessedSection section) {}

    static String of(Swap swap) {
        var sections = swap.carried().stream()
                .flatMap(object -> object.sections().stream().map(section -> new NamedSection(object.name(), section)))
                .toList();
        return JsonParameter.of(json -> {
            json.put("id", swap.id())
                    .put("organization", swap.organization().value())
                    .put("object_type", swap.object().type().text())
                    .put("object_id", swap.object().id())
                    .put("version", swap.version())
                    .numbers("sections", swap.inputsProcessed())
                    .numbers("parts", swap.inputParts())
                    .put("sum_in", swap.balance().in())
                    .put("folded", swap.balance().folded())
                    .put("dropped", swap.balance().dropped())
                    .put("checkpoint", swap.checkpoint().name())
                    .put("checkpoint_bytes", swap.checkpoint().bytes())
                    .maybe(swap.receipt(), SwapParameter::receipt)
                    .objects("outputs", swap.outputs(), SwapParameter::output)
                    .objects("carried", swap.carried(), ProcessedJson::object)
                    .objects("carried_sections", sections, SwapParameter::section)
                    .objects("deaths", swap.deaths(), SwapParameter::deaths)
                    .objects("floors", swap.checkpoint().floors().entrySet(), SwapParameter::floor);
        });
    }

    private static void receipt(JsonParameter json, Receipt receipt) {
        json.put("receipt", receipt.blobName())
                .put("receipt_bytes", receipt.bytes())
                .put("receipt_rows", receipt.rows())
                .put("kafka_forgets", receipt.kafkaForgets())
                .put("storage_forgets", receipt.storageForgets());
    }

    private static void output(JsonParameter json, NewPart part) {
        PartJson.part(json, part.file());
        json.maybe(part.dead(), PartJson::dead);
        json.maybe(part.eraseBy(), (to, time) -> to.put("erase_by", time));
    }

    private static void section(JsonParameter json, NamedSection named) {
        json.put("name", named.name());
        ProcessedJson.section(json, named.section());
    }

    private static void deaths(JsonParameter json, Deaths deaths) {
        json.put("part", deaths.part())
                .put("from_version", deaths.fromVersion())
                .put("killed_rows", deaths.killedRows())
                .put("killed_sum", deaths.killedSum())
                .maybe(deaths.eraseBy(), (to, time) -> to.put("erase_by", time));
        PartJson.dead(json, deaths.dead());
    }

    private static void floor(JsonParameter json, Map.Entry<Integer, LogOffset> floor) {
        json.put("partition", floor.getKey())
                .put("incarnation", floor.getValue().incarnation())
                .put("floor_offset", floor.getValue().offset());
    }
}
