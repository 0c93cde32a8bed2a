package xyz.graphyn.adapter.recall.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.Locale;
import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.application.usage.Tokenizers;

/**
 * OpenAI's vocabularies. Which model has which is told by the beginning of its name, as OpenAI's own tiktoken does it in
 * {@code tiktoken/model.py}.
 */
public final class JtokkitTokenizers implements Tokenizers {
    /** The longest beginnings first, where one begins another. */
    private static final List<Family> FAMILIES = List.of(
            new Family("gpt-4o", EncodingType.O200K_BASE),
            new Family("gpt-4.", EncodingType.O200K_BASE),
            new Family("gpt-4", EncodingType.CL100K_BASE),
            new Family("gpt-3.5", EncodingType.CL100K_BASE),
            new Family("gpt-35", EncodingType.CL100K_BASE),
            new Family("gpt-5", EncodingType.O200K_BASE),
            new Family("gpt-oss", EncodingType.O200K_BASE),
            new Family("chatgpt-4o", EncodingType.O200K_BASE),
            new Family("o1", EncodingType.O200K_BASE),
            new Family("o3", EncodingType.O200K_BASE),
            new Family("o4-mini", EncodingType.O200K_BASE),
            new Family("text-embedding-3", EncodingType.CL100K_BASE),
            new Family("text-embedding-ada-002", EncodingType.CL100K_BASE),
            new Family("text-davinci-003", EncodingType.P50K_BASE),
            new Family("text-davinci-002", EncodingType.P50K_BASE));

    /** What gateways and fine-tuned models put in front of a name. */
    private static final List<String> PREFIXES = List.of("openai/", "azure/", "ft:");

    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();
    private final TokenCounter usual = new JtokkitCounter(encodings.getEncoding(EncodingType.O200K_BASE), true);

    // How others cut texts is not published. Savings are ratios, of which a constant factor would fall out.
    private final TokenCounter estimate = new JtokkitCounter(encodings.getEncoding(EncodingType.O200K_BASE), false);

    private record Family(String beginning, EncodingType encoding) {}

    @Override
    public TokenCounter usual() {
        return usual;
    }

    @Override
    public TokenCounter of(String model) {
        String name = model.strip().toLowerCase(Locale.ROOT);
        for (String prefix : PREFIXES) {
            name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        }
        for (Family family : FAMILIES) {
            if (name.startsWith(family.beginning)) {
                return family.encoding == EncodingType.O200K_BASE
                        ? usual
                        : new JtokkitCounter(encodings.getEncoding(family.encoding), true);
            }
        }
        return estimate;
    }
}
