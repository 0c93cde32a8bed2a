package xyz.graphyn.adapter.http.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A signing key of an issuer, as that issuer holds it. Made once for all tests, since making one takes a while. */
record TestKey(String id, RSAPublicKey publicKey, RSAPrivateKey privateKey) {
    static final TestKey FIRST = generate("ins_first", 2048);
    static final TestKey SECOND = generate("ins_second", 2048);
    static final TestKey STRANGER = generate("ins_stranger", 2048);
    static final TestKey WEAK = generate("ins_weak", 1024);

    /** The key as it is published (RFC 7517). */
    Map<String, Object> jwk() {
        Map<String, Object> jwk = new HashMap<>();
        jwk.put("kty", "RSA");
        jwk.put("use", "sig");
        jwk.put("alg", "RS256");
        jwk.put("kid", id);
        jwk.put("n", base64Url(publicKey.getModulus()));
        jwk.put("e", base64Url(publicKey.getPublicExponent()));
        return jwk;
    }

    Map<String, Object> jwkWith(String member, Object value) {
        Map<String, Object> jwk = jwk();
        jwk.put(member, value);
        return jwk;
    }

    Map<String, Object> jwkWithout(String member) {
        Map<String, Object> jwk = jwk();
        jwk.remove(member);
        return jwk;
    }

    KeySource.Pem pinned() {
        return KeySource.Pem.parse("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(publicKey.getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
    }

    private static String base64Url(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        byte[] magnitude = new byte[bytes.length - sign];
        System.arraycopy(bytes, sign, magnitude, 0, magnitude.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }

    private static TestKey generate(String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new TestKey(id, (RSAPublicKey) pair.getPublic(), (RSAPrivateKey) pair.getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
