package io.spanlake.acceptance;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real npm package, unmodified. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptSdkIT {
    private SdkStory story;

    @BeforeAll
    void tell() {
        var folder = SdkPackages.npm("braintrust", "3.35.0");
        var script = SdkStory.script("javascript.mjs", folder);
        story = SdkStory.tell(
                Standalone.shared(), "js-" + UUID.randomUUID(), folder, List.of("node", script.toString()));
    }

    @Test
    void nestedSpansAreOneTrace() {
        story.assertTheTraceIsThere();
    }

    @Test
    void mergesFeedbackAndCommentAreInTheRow() {
        story.assertMergesFeedbackAndCommentAreInTheRow();
    }

    @Test
    void tenMegabytesAreTakenAndTwentyAreNot() {
        story.assertTenMegabytesAreTakenAndTwentyAreNot();
    }

    @Test
    void theRefusalNamesTheRowAndTheLimitAndNothingElseFailed() {
        story.assertTheRefusalIsToldAndNothingElseFailed();
    }
}
