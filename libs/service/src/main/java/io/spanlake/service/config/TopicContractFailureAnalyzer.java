package io.spanlake.service.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a broken contract as cause and action instead of a stack trace. */
final class TopicContractFailureAnalyzer extends AbstractFailureAnalyzer<TopicContractException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, TopicContractException broken) {
        return new FailureAnalysis("Kafka: " + broken.getMessage(), broken.action(), broken);
    }
}
