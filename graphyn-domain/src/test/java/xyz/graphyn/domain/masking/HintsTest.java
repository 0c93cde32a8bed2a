package xyz.graphyn.domain.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.domain.access.AccessLevel;

class HintsTest {
    private static String partial(Kind kind, String value) {
        return Hints.shown(kind, AccessLevel.PARTIAL, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EMAIL             | ada@example.com                          | a***@example.com
            EMAIL             | 𝒳yz@exämple.de                           | 𝒳***@exämple.de
            EMAIL             | 🦄.farm@example.com                      | ****@example.com
            EMAIL             | a@example.com                            | ***@example.com
            EMAIL             | Ada <ada@example.com>                    | [EMAIL]
            EMAIL             | "a b"@example.com                        | [EMAIL]
            EMAIL             | ada@localhost                            | [EMAIL]
            PHONE             | +1 202 555 0143                          | +1 *** 0143
            PHONE             | +49 (0)30 901820                         | +49 *** 1820
            PHONE             | +353 1 234 567                           | +353 *** 67
            PHONE             | 030 901820                               | *** 1820
            PHONE             | 555-0143                                 | *** 43
            PHONE             | 5550                                     | [PHONE]
            CREDIT_CARD       | 4242 4242 4242 4242                      | **** **** **** 4242
            CREDIT_CARD       | 378282246310005                          | **** **** **** 0005
            CREDIT_CARD       | 4242                                     | [CREDIT_CARD]
            IBAN              | DE89 3704 0044 0532 0130 00              | DE** **** **** 3000
            IBAN              | 89370400440532013000                     | [IBAN]
            US_SSN            | 123-45-6789                              | ***-**-6789
            US_SSN            | 6789                                     | [US_SSN]
            IP_ADDRESS        | 192.168.10.20                            | 192.*.*.*
            IP_ADDRESS        | 2001:db8::8a2e:370:7334                  | 2001:***
            IP_ADDRESS        | ::ffff:192.0.2.1                         | [IP_ADDRESS]
            MAC_ADDRESS       | 00:1A:2B:3C:4D:5E                        | 001A2B-******
            MAC_ADDRESS       | 001a.2b3c.4d5e                           | 001a2b-******
            CRYPTO_WALLET     | bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq | ***5mdq
            SECRET            | sk-abcdefghijklmnopqrstuvwx              | sk-***
            SECRET            | sk_live_4eC39HqLyjWDarjtT1zdp7dc         | sk_live***
            SECRET            | github_pat_11ABCDEFG0abcdefghij          | github_***
            SECRET            | sk-short                                 | [SECRET]
            SECRET            | correct horse battery staple             | [SECRET]
            SECRET            | hunter2***                               | [SECRET]
            PASSWORD          | correct horse battery staple             | [PASSWORD]
            CONNECTION_STRING | postgres://ada:secret@db.example.com/app | [CONNECTION_STRING]
            JWT               | eyJhbGciOiJIUzI1NiJ9.e30.abc             | [JWT]
            PERSON            | Ada Lovelace                             | [PERSON]
            """)
    void showsSoMuchOfAValue(String kind, String value, String shown) {
        assertEquals(shown, partial(new Kind(kind), value));
    }

    @Test
    void leavesAsItIsWhatIsAMaskAlready() {
        for (Kind kind : List.of(Kind.EMAIL, Kind.SECRET, new Kind("PERSON"))) {
            assertEquals("[EMAIL]", Hints.shown(kind, AccessLevel.MASKED, "[EMAIL]"));
            assertEquals("[EMAIL]", Hints.shown(kind, AccessLevel.PARTIAL, "[EMAIL]"));
        }
        assertEquals("[EMAIL]", Hints.shown(Kind.EMAIL, AccessLevel.MASKED, "a***@example.com"));
    }

    @Test
    void neverShowsEightCharactersOfAValueInARowButForTheDomainOfAnAddress() {
        List<String> values = List.of(
                "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
                "github_pat_11ABCDEFG0abcdefghij",
                "192.168.100.200",
                "00:1A:2B:3C:4D:5E",
                "001A2B3C4D5E",
                "DE89370400440532013000",
                "+491701234567",
                "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
                "378282246310005");
        for (String value : values) {
            for (Kind kind : MaskSamples.BUILT_IN) {
                String shown = partial(kind, value);
                for (int i = 0; i + 8 <= value.length(); i++) {
                    assertFalse(shown.contains(value.substring(i, i + 8)), kind + " shows too much: " + shown);
                }
            }
        }
    }
}
