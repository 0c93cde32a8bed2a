package xyz.graphyn.adapter.http.paging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * Makes cursors and reads them again. A cursor is the position, readable for whoever looks, and a seal over the position
 * and the list that it belongs to (HMAC-SHA-256, RFC 2104, cut to 128 bits), so that a position can be neither made up
 * nor carried to another list. All servers that answer for one another need the same key.
 */
public final class Cursors {
    /** In characters; longer than any that we make. */
    public static final int MAX_LENGTH = 512;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL_BYTES = 16;
    /** Changes when positions are written in another way, so that old cursors are refused and not misread. */
    private static final byte VERSION = 1;

    private final SecretKey key;

    public Cursors(SecretKey key) {
        this.key = key;
    }

    String write(OrganizationId organization, List<String> scope, String position) {
        byte[] bytes = position.getBytes(StandardCharsets.UTF_8);
        byte[] cursor = ByteBuffer.allocate(1 + bytes.length + SEAL_BYTES)
                .put(VERSION)
                .put(bytes)
                .put(seal(organization, scope, bytes))
                .array();
        return encode(cursor);
    }

    /** @return the position, or empty if the cursor was not written by this key for this organization and scope */
    Optional<String> read(OrganizationId organization, List<String> scope, String cursor) {
        byte[] bytes;
        try {
            bytes = cursor.length() > MAX_LENGTH
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        // Base64 has several spellings of some bytes; only ours is one of our cursors.
        if (bytes.length < 1 + SEAL_BYTES
                || bytes[0] != VERSION
                || !encode(bytes).equals(cursor)) {
            return Optional.empty();
        }
        byte[] position = Arrays.copyOfRange(bytes, 1, bytes.length - SEAL_BYTES);
        byte[] seal = Arrays.copyOfRange(bytes, bytes.length - SEAL_BYTES, bytes.length);
        return MessageDigest.isEqual(seal, seal(organization, scope, position))
                ? Optional.of(new String(position, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] seal(OrganizationId organization, List<String> scope, byte[] position) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(VERSION);
            update(mac, organization.toString().getBytes(StandardCharsets.UTF_8));
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(scope.size()).flip());
            scope.forEach(part -> update(mac, part.getBytes(StandardCharsets.UTF_8)));
            update(mac, position);
            return Arrays.copyOf(mac.doFinal(), SEAL_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** Each part with its length, so that no two lists of parts look the same. */
    private static void update(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        mac.update(part);
    }
}
