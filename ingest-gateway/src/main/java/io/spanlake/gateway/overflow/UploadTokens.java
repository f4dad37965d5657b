package io.spanlake.gateway.overflow;

import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Leave to upload one body, as a token in a URL: expiry and key, signed with HMAC-SHA256. Thread-safe. */
final class UploadTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec secret;

    UploadTokens(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    String sign(UploadKey key, Instant expiresAt) {
        byte[] said = (expiresAt.getEpochSecond() + ":" + key.text()).getBytes(StandardCharsets.UTF_8);
        return ENCODER.encodeToString(said) + "." + ENCODER.encodeToString(mac(said));
    }

    /** @throws io.spanlake.service.errors.RefusedException 403 where we did not sign it, or it has expired */
    UploadKey verify(String token, Instant now) {
        byte[] said = signed(token);
        var text = new String(said, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        var expiresAt = Instant.ofEpochSecond(Long.parseLong(text.substring(0, colon)));
        if (!now.isBefore(expiresAt)) {
            throw notAllowed("this upload URL has expired; ask for another");
        }
        return new UploadKey(text.substring(colon + 1));
    }

    private byte[] signed(String token) {
        int dot = token.indexOf('.');
        try {
            byte[] said = Base64.getUrlDecoder().decode(token.substring(0, Math.max(0, dot)));
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (dot > 0 && MessageDigest.isEqual(signature, mac(said))) {
                return said;
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for a wrong signature.
        }
        throw notAllowed("this upload URL was not given by this gateway");
    }

    private byte[] mac(byte[] said) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(said);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    private static RuntimeException notAllowed(String fault) {
        return Refusals.exception(new Refusal.UploadNotAllowed(fault));
    }
}
