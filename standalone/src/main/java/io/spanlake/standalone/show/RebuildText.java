package io.spanlake.standalone.show;

import io.spanlake.catalog.rebuild.RebuiltCatalog;
import io.spanlake.rebuild.DirectoryRebuild.RebuiltDirectory;
import java.util.ArrayList;
import java.util.List;

/** What a rebuild made, for a person. Pure. */
public final class RebuildText {
    private RebuildText() {}

    public static List<String> of(RebuiltCatalog catalog, RebuiltDirectory directory) {
        var lines = new ArrayList<String>();
        long parts = catalog.published().stream()
                .mapToLong(stored -> stored.checkpoint().parts().size())
                .sum();
        long live = catalog.published().stream()
                .flatMap(stored -> stored.checkpoint().parts().stream())
                .mapToLong(part -> part.file().rows()
                        - part.dead().map(dead -> dead.rows()).orElse(0L))
                .sum();
        long tail = catalog.published().stream()
                .mapToLong(stored -> stored.checkpoint().sections().size())
                .sum();
        lines.add(
                "Rebuilt: %,d objects with %,d parts (%,d live rows) and %,d processed sections; %,d sections of the log"
                        .formatted(
                                catalog.published().size(),
                                parts,
                                live,
                                tail,
                                catalog.logged().size()));
        lines.add("Names and keys of %,d organizations came back from their copies".formatted(directory.restored()));
        directory
                .nameless()
                .forEach((id, name) -> lines.add("  organization %s had no copy: it is called %s, and its keys are gone"
                        .formatted(id.value(), name)));
        catalog.problems().forEach(problem -> lines.add("  PROBLEM  " + problem));
        directory.problems().forEach(problem -> lines.add("  PROBLEM  " + problem));
        return lines;
    }
}
