package io.spanlake.acceptance;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real package from PyPI, unmodified. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonSdkIT {
    private SdkStory story;

    @BeforeAll
    void tell() {
        var python = SdkPackages.python("braintrust", "0.48.1");
        var folder = Objects.requireNonNull(python.getParent());
        var script = SdkStory.script("python.py", folder);
        story = SdkStory.tell(
                Standalone.shared(), "py-" + UUID.randomUUID(), folder, List.of(python.toString(), script.toString()));
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
