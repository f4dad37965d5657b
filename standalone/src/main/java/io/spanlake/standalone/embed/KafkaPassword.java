package io.spanlake.standalone.embed;

import io.spanlake.standalone.data.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One user, one password, at both doors of the embedded broker. SASL's PLAIN is enough: what goes over the loopback
 * interface only root can listen to. SCRAM would keep its users in the log that the controller cannot read before somebody
 * has logged in.
 */
public final class KafkaPassword {
    private static final String USER = "spanlake";
    private static final String MECHANISM = "PLAIN";
    private static final String PROTOCOL = "SASL_PLAINTEXT";
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

    private KafkaPassword() {}

    /** Settings that every client needs; they hold the password. */
    public static Map<String, String> ofClient(Secrets secrets) {
        return Map.of(
                "security.protocol",
                PROTOCOL,
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                "%s required username=\"%s\" password=\"%s\";".formatted(MODULE, USER, secrets.kafka()));
    }

    /** The broker asks for it, and is asked: it is its own controller's client. */
    static Map<String, String> ofBroker(Secrets secrets, List<String> listeners) {
        var settings = new HashMap<String, String>();
        settings.put(
                "listener.security.protocol.map",
                listeners.stream().map(name -> name + ":" + PROTOCOL).collect(Collectors.joining(",")));
        settings.put("sasl.enabled.mechanisms", MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        settings.put("sasl.mechanism.controller.protocol", MECHANISM);
        for (var listener : listeners) {
            settings.put(
                    "listener.name.%s.plain.sasl.jaas.config".formatted(listener.toLowerCase(Locale.ROOT)),
                    "%s required username=\"%s\" password=\"%s\" user_%s=\"%s\";"
                            .formatted(MODULE, USER, secrets.kafka(), USER, secrets.kafka()));
        }
        return settings;
    }
}
