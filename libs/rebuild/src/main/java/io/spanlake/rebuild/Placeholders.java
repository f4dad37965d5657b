package io.spanlake.rebuild;

import io.spanlake.catalog.JsonParameter;
import io.spanlake.catalog.directory.DirectoryCopy;
import io.spanlake.catalog.rebuild.RebuiltCatalog;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What of an organization's directory its blobs show: ids without names. Pure. */
final class Placeholders {
    /** Objects with ids of their own; what else there is goes by the id of its project. */
    private static final Set<ObjectType> WITH_IDS =
            Set.of(ObjectType.EXPERIMENT, ObjectType.DATASET, ObjectType.PLAYGROUND);

    private final OrganizationId organization;
    private final Set<UUID> projects = new TreeSet<>();
    private final Map<ObjectRef, UUID> objects = new TreeMap<>();

    private Placeholders(OrganizationId organization) {
        this.organization = organization;
    }

    static Map<OrganizationId, Placeholders> of(RebuiltCatalog catalog) {
        var all = new HashMap<OrganizationId, Placeholders>();
        for (var stored : catalog.published()) {
            var checkpoint = stored.checkpoint();
            var project = checkpoint.parts().stream()
                    .map(part -> part.file().project())
                    .findFirst();
            all.computeIfAbsent(checkpoint.organization(), Placeholders::new).add(checkpoint.object(), project);
        }
        for (var section : catalog.logged()) {
            var holder = all.computeIfAbsent(section.organization(), Placeholders::new);
            section.objects().keySet().forEach(object -> holder.add(object, Optional.empty()));
        }
        return all;
    }

    private void add(ObjectRef object, Optional<UUID> project) {
        var id = uuid(object.id());
        if (id.isEmpty()) {
            return;
        }
        if (WITH_IDS.contains(object.type())) {
            var owner = project.orElseGet(() -> objects.getOrDefault(object, strays()));
            projects.add(owner);
            objects.put(object, owner);
        } else {
            projects.add(id.get());
        }
    }

    /** A project for objects of which no blob says whose they are. */
    private UUID strays() {
        return UUID.nameUUIDFromBytes(("strays of " + organization.value()).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException noUuid) {
            return Optional.empty();
        }
    }

    OrganizationId organization() {
        return organization;
    }

    /**
     * What the directory lacks, as a copy of it that knows no names but the organization's.
     *
     * @param known what the directory has
     */
    DirectoryCopy copy(Optional<DirectoryCopy> known, String name) {
        known.ifPresent(copy -> {
            objects.keySet().removeIf(object -> copy.json().contains(object.id()));
            projects.removeIf(project -> copy.json().contains(project.toString()) || !isNeeded(project));
        });
        String json = JsonParameter.of(to -> to.put("organization", organization.value())
                .put("name", name)
                .put("created_at", 0)
                .objects("projects", projects, (project, id) -> named(project, id))
                .objects(
                        "objects",
                        objects.entrySet(),
                        (object, entry) -> named(
                                        object, UUID.fromString(entry.getKey().id()))
                                .put("object_type", entry.getKey().type().text())
                                .put("project", entry.getValue())));
        return new DirectoryCopy(organization, json);
    }

    private boolean isNeeded(UUID project) {
        return !project.equals(strays()) || objects.containsValue(project);
    }

    private static JsonParameter named(JsonParameter json, UUID id) {
        return json.put("id", id).put("name", "recovered-" + id).put("created_at", 0);
    }
}
