package xyz.graphyn.adapter.http.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the textual encoding of keys and certificates (RFC 7468). */
final class PemBlocks {
    private static final int MAX_LENGTH = 100_000;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private PemBlocks() {}

    static List<RSAPublicKey> publicKeys(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the public key's text is longer than " + MAX_LENGTH + " characters");
        }
        List<RSAPublicKey> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(text.replace("\\n", "\n"));
        while (block.find()) {
            keys.add(publicKey(block.group(1), block.group(2)));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "no PEM block was found; one starts with -----BEGIN PUBLIC KEY----- and ends with"
                            + " -----END PUBLIC KEY-----");
        }
        return keys;
    }

    private static RSAPublicKey publicKey(String label, String base64) {
        if (label.endsWith("PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "a private key was given where only a public one is needed; treat it as exposed");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            PublicKey key = switch (label) {
                case "PUBLIC KEY" -> KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
                case "CERTIFICATE" ->
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey();
                default ->
                    throw new IllegalArgumentException("a PEM block must be a PUBLIC KEY or a CERTIFICATE; for"
                            + " others, openssl rsa -RSAPublicKey_in -pubout converts");
            };
            if (key instanceof RSAPublicKey rsa) {
                return rsa;
            }
            throw new IllegalArgumentException("the key in the PEM block is not an RSA key");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the PEM block does not hold an RSA public key", e);
        }
    }
}
