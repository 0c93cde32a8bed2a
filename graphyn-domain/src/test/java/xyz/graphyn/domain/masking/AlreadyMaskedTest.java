package xyz.graphyn.domain.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.domain.access.AccessLevel;

class AlreadyMaskedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EMAIL          | ann@example.com
            EMAIL          | a@example.com
            EMAIL          | _ann@example.com
            PHONE          | +49 30 901820
            PHONE          | (415) 555-2671
            PHONE          | 555-2671
            CREDIT_CARD    | 4242 4242 4242 4242
            IBAN           | DE89 3704 0044 0532 0130 00
            US_SSN         | 536-22-1234
            IP_ADDRESS     | 192.168.13.7
            IP_ADDRESS     | 2001:db8::ff00:42:8329
            MAC_ADDRESS    | 00:1a:2b:3c:4d:5e
            CRYPTO_WALLET  | 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
            SECRET         | sk-proj-aB3aB3aB3aB3aB3aB3
            SECRET         | pypi-AgEIcHlwaS5vcmcCJDkw
            PASSWORD       | hunter2
            STAFF_ID       | S-123456
            """)
    void blanksEachMaskAndHint(String kind, String value) {
        for (AccessLevel level : List.of(AccessLevel.PARTIAL, AccessLevel.MASKED)) {
            String shown = Hints.shown(new Kind(kind), level, value);
            String text = "It was " + shown + ", she said";
            String blanked = AlreadyMasked.blanked(text);
            assertEquals("It was " + blank(shown.length()) + ", she said", blanked);
            assertFalse(AlreadyMasked.isAll(blanked, 0, blanked.length()));
            String alone = AlreadyMasked.blanked(shown + ".");
            assertTrue(AlreadyMasked.isAll(alone, 0, alone.length()), alone);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "[",
                "[]",
                "[A]",
                "[1]",
                "[Phone]",
                "[PHONE",
                "**bold** and ***both***",
                "*** 415 555 2671",
                "*** 4155552671",
                "**** **** **** 42424",
                "***-**-12345",
                "2 * 3 * 4",
                "/**",
                "10.*.*",
                "xsk-***",
                "***Call me***"
            })
    void leavesEverythingElse(String text) {
        assertSame(text, AlreadyMasked.blanked(text));
        assertFalse(AlreadyMasked.isAll(text, 0, text.length()));
    }

    @Test
    void keepsTheLengthOfAnyText() {
        for (String text : List.of("[EMAIL][PHONE]", "[[EMAIL]]", "😀***@a.b", "a***@", "****@x***@y", "[EMAIL]#2")) {
            assertEquals(text.length(), AlreadyMasked.blanked(text).length());
        }
    }

    private static String blank(int length) {
        return String.valueOf(AlreadyMasked.BLANK).repeat(length);
    }
}
