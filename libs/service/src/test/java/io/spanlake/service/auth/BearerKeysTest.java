package io.spanlake.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerKeysTest {
    @Test
    void aKeyIsKnownByItsSha256() {
        var hash = BearerKeys.hashOf("Bearer abc").orElseThrow();

        assertThat(HexFormat.of().formatHex(hash.sha256()))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer abc", "BEARER abc", "Bearer  abc "})
    void theSchemeIsReadInAnyCaseAndSpacesDoNotCount(String header) {
        assertThat(BearerKeys.hashOf(header)).isEqualTo(BearerKeys.hashOf("Bearer abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic abc", "abc"})
    void whatIsNoBearerTokenIsNoKey(String header) {
        assertThat(BearerKeys.hashOf(header)).isEmpty();
    }

    @Test
    void aHashIsNotPrinted() {
        assertThat(BearerKeys.hashOf("Bearer abc").orElseThrow()).hasToString("a key's hash");
    }
}
