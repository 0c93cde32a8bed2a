package xyz.graphyn.bootstrap.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import xyz.graphyn.bootstrap.configuration.Kind.Unfit;

/** RSA public keys in PEM (RFC 7468), given as text or as the path of a file. */
final class PublicKeys {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int LEAST_BITS = 2048;
    private static final long LONGEST = 64 * 1024;

    private PublicKeys() {}

    static Kind<RSAPublicKey> kind() {
        return new Kind<>(
                "an RSA public key in PEM of at least " + LEAST_BITS + " bits, or the path of its file",
                PublicKeys::parse,
                key -> "(RSA key of " + key.getModulus().bitLength() + " bits)");
    }

    private static RSAPublicKey parse(String text) throws Unfit {
        String pem = text.startsWith("-----") ? text.replace("\\n", "\n") : read(text);
        if (pem.contains("PRIVATE KEY")) {
            throw new Unfit("is a private key, which has no business here. Give the public one.");
        }
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new Unfit("has no block that begins with " + BEGIN + ".");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS) {
                return rsa;
            }
            throw new Unfit("is shorter than " + LEAST_BITS + " bits.");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unfit("holds no RSA public key.");
        }
    }

    private static String read(String path) throws Unfit {
        try {
            Path file = Path.of(path);
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new Unfit("is neither PEM nor the path of a file with it.");
            }
            return Files.readString(file);
        } catch (InvalidPathException | IOException e) {
            throw new Unfit("is neither PEM nor the path of a readable file with it.");
        }
    }
}
