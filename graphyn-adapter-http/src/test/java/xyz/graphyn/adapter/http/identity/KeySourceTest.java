package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
    private static final String PUBLIC_KEY = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArs67eKZj9hh/DLBHWvt1
            srBK7X6Ec5QdvcGKKVM0bGSFAKBJfbhdCCzjnxi+R/2AiITb1SN8Wr0dVfOrcmsz
            juNLg/KQKGODsRnX+Z/aUSzhy58PzGU9DbSvvdiaAuQB0TgUWaAEsHJ3ubez/B3C
            eojOSBMIDFxSu4B5HAU+EFP+2JJc+nHVNh6+om6GjLQi2++lee/264tVhlYGJEMC
            pKBjY6+vk1UXNad9RMtlqJbN8FumHXdmTtuyu92wNNl2djtFE40kMQcfY5A6EDHF
            cLqfPTfm8aAP9bWhaAK8PalrDi4u8KXMSkJpAb2+eBi0An5NCJbCc7lRTehUxR/Q
            ZwIDAQAB
            -----END PUBLIC KEY-----
            """;

    /** Of the same key, by itself. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIDGzCCAgOgAwIBAgIUGjQS8mdSVTCCZ+/2YpjKZ3IQ2RwwDQYJKoZIhvcNAQEL
            BQAwHTEbMBkGA1UEAwwSaXNzdWVyLmV4YW1wbGUuY29tMB4XDTI2MTEyMzA1Mjc1
            OFoXDTM2MTEyMDA1Mjc1OFowHTEbMBkGA1UEAwwSaXNzdWVyLmV4YW1wbGUuY29t
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArs67eKZj9hh/DLBHWvt1
            srBK7X6Ec5QdvcGKKVM0bGSFAKBJfbhdCCzjnxi+R/2AiITb1SN8Wr0dVfOrcmsz
            juNLg/KQKGODsRnX+Z/aUSzhy58PzGU9DbSvvdiaAuQB0TgUWaAEsHJ3ubez/B3C
            eojOSBMIDFxSu4B5HAU+EFP+2JJc+nHVNh6+om6GjLQi2++lee/264tVhlYGJEMC
            pKBjY6+vk1UXNad9RMtlqJbN8FumHXdmTtuyu92wNNl2djtFE40kMQcfY5A6EDHF
            cLqfPTfm8aAP9bWhaAK8PalrDi4u8KXMSkJpAb2+eBi0An5NCJbCc7lRTehUxR/Q
            ZwIDAQABo1MwUTAdBgNVHQ4EFgQU0On+oCdzJLRWcQxJSH8m41xieCQwHwYDVR0j
            BBgwFoAU0On+oCdzJLRWcQxJSH8m41xieCQwDwYDVR0TAQH/BAUwAwEB/zANBgkq
            hkiG9w0BAQsFAAOCAQEAQP+35GYC4QJ57CKFE3XXKXkeaotPBkkYsWuTy8Su4X9n
            Ig8Vdc9PSqBg/S6K7TzRBibuh5zvHXVvxdE0pUYxbunVgSg/5i4Nq5kX+IVlgVG9
            s4CftoK1H2dNapgYU8Hqv0/3GqlCNmb58Vfm2p8uXHujgB8k8LQXBTFsl2YK251q
            LmpNfTyDrxN1zyUv6qspAMET5jG9USzH77QqBec6MIUROuFUeKH7MM8ss7KXCJ4Z
            bpq1uPozds5Fqc10fF7FMKqlXKz0ZtveibeGZZuKcwULZAqMG/3p4rYJ83FPd215
            gqhXxKZKYiOsrRiLt9JImZcGdF13pqtndZQkIRip1A==
            -----END CERTIFICATE-----
            """;

    private static final String CURVE = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECV43mFxgJgJ98ZSJgnULEZ8KryoX
            ouIL+WX36ckzWKnPKoL2lDmdy7rWTnP5K7jbzLQfL7nJ8aVrZVMtbwmeog==
            -----END PUBLIC KEY-----
            """;

    private static final String OF_1024_BITS = """
            -----BEGIN PUBLIC KEY-----
            MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCaXjPMQmDe8Gt6jTfMLx9rgdOr
            DWIhDQlNAk2NkueHDHJelcVUma12cGbWS3F+MrhrU7dFqCxrteeog24NWZWXaBbD
            t7vy13DoaflnbafLoquAi0cgJsCHiXD00Lj1aXXxwXOKUlJWD89g+coba8YIQUAq
            +S7X7bB9hf3pVrS4nwIDAQAB
            -----END PUBLIC KEY-----
            """;

    private static final String PKCS1 = """
            -----BEGIN RSA PUBLIC KEY-----
            MIIBCgKCAQEArs67eKZj9hh/DLBHWvt1srBK7X6Ec5QdvcGKKVM0bGSFAKBJfbhd
            CCzjnxi+R/2AiITb1SN8Wr0dVfOrcmszjuNLg/KQKGODsRnX+Z/aUSzhy58PzGU9
            DbSvvdiaAuQB0TgUWaAEsHJ3ubez/B3CeojOSBMIDFxSu4B5HAU+EFP+2JJc+nHV
            Nh6+om6GjLQi2++lee/264tVhlYGJEMCpKBjY6+vk1UXNad9RMtlqJbN8FumHXdm
            Ttuyu92wNNl2djtFE40kMQcfY5A6EDHFcLqfPTfm8aAP9bWhaAK8PalrDi4u8KXM
            SkJpAb2+eBi0An5NCJbCc7lRTehUxR/QZwIDAQAB
            -----END RSA PUBLIC KEY-----
            """;

    @Test
    void aCertificateStandsForItsKey() {
        assertEquals(KeySource.Pem.parse(PUBLIC_KEY), KeySource.Pem.parse(CERTIFICATE));
    }

    @Test
    void readsHoweverTheLinesAreBroken() {
        KeySource.Pem expected = KeySource.Pem.parse(PUBLIC_KEY);

        for (String text : List.of(
                PUBLIC_KEY.replace("\n", "\\n"),
                PUBLIC_KEY.replace("\n", "\r\n"),
                PUBLIC_KEY.strip(),
                "Subject: issuer\n" + PUBLIC_KEY,
                PUBLIC_KEY.replaceAll("(?<=[A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])", ""))) {
            assertEquals(expected, KeySource.Pem.parse(text));
        }
    }

    @Test
    void readsSeveralKeys() {
        assertEquals(2, KeySource.Pem.parse(PUBLIC_KEY + CERTIFICATE).keys().size());
        assertThrows(IllegalArgumentException.class, () -> KeySource.Pem.parse(PUBLIC_KEY.repeat(11)));
        assertThrows(IllegalArgumentException.class, () -> new KeySource.Pem(Collections.emptyList()));
    }

    @Test
    void saysWhatIsWrongWithAKeyAndNotTheKey() {
        String secret = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
        assertMistake("private key", "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----");
        assertMistake("private key", "-----BEGIN RSA PRIVATE KEY-----\n" + secret + "\n-----END RSA PRIVATE KEY-----");
        assertMistake("does not hold", "-----BEGIN PUBLIC KEY-----\n" + secret + "\n-----END PUBLIC KEY-----");
        assertMistake("does not hold", "-----BEGIN CERTIFICATE-----\n" + secret + "\n-----END CERTIFICATE-----");
        assertMistake("BEGIN PUBLIC KEY", secret);
        assertMistake("BEGIN PUBLIC KEY", "");
        assertMistake("BEGIN PUBLIC KEY", "-----BEGIN PUBLIC KEY-----\n" + secret);
        assertMistake("does not hold", CURVE);
        assertMistake("2048", OF_1024_BITS);
        assertMistake("PUBLIC KEY or a CERTIFICATE", PKCS1);
        assertMistake("longer", "x".repeat(200_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://clerk.example.com/.well-known/jwks.json",
                "HTTPS://clerk.example.com:8443/jwks",
                "http://localhost:8080/jwks",
                "http://127.0.0.1/jwks",
                "http://[::1]:9/jwks"
            })
    void fetchesFromHereOrOverTls(String url) {
        assertEquals(URI.create(url), KeySource.Jwks.at(URI.create(url)).url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://clerk.example.com/jwks",
                "http://127.0.0.1.example.com/jwks",
                "http://localhost.example.com/jwks",
                "ftp://clerk.example.com/jwks",
                "file:///etc/passwd",
                "https://user:secret@clerk.example.com/jwks",
                "https://clerk.example.com/jwks#keys",
                "https:///jwks",
                "jwks.json",
                ""
            })
    void refusesOtherPlaces(String url) {
        IllegalArgumentException mistake =
                assertThrows(IllegalArgumentException.class, () -> KeySource.Jwks.at(URI.create(url)));

        assertFalse(String.valueOf(mistake.getMessage()).contains("secret"));
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        URI url = URI.create("https://clerk.example.com/jwks");
        Duration minute = Duration.ofMinutes(1);
        Duration never = Duration.ZERO;

        assertThrows(
                IllegalArgumentException.class, () -> new KeySource.Jwks(url, never, minute, minute, minute, minute));
        assertThrows(
                IllegalArgumentException.class, () -> new KeySource.Jwks(url, minute, never, minute, minute, minute));
        assertThrows(
                IllegalArgumentException.class, () -> new KeySource.Jwks(url, minute, minute, never, minute, minute));
        assertThrows(
                IllegalArgumentException.class, () -> new KeySource.Jwks(url, minute, minute, minute, never, minute));
        assertThrows(
                IllegalArgumentException.class, () -> new KeySource.Jwks(url, minute, minute, minute, minute, never));
    }

    private static void assertMistake(String expected, String pem) {
        IllegalArgumentException mistake =
                assertThrows(IllegalArgumentException.class, () -> KeySource.Pem.parse(pem), expected);
        String message = String.valueOf(mistake.getMessage());

        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("MII"), message);
    }
}
