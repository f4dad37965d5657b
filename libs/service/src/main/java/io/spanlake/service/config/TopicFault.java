package io.spanlake.service.config;

/**
 * One way in which a topic breaks the contract.
 *
 * @param setting Kafka's name of it
 * @param is      what it is
 * @param hasToBe what it has to be, and why
 */
record TopicFault(String topic, String setting, String is, String hasToBe) {
    @Override
    public String toString() {
        return "topic %s: %s is %s, it has to be %s".formatted(topic, setting, is, hasToBe);
    }
}
