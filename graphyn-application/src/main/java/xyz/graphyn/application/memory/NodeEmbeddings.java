package xyz.graphyn.application.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Embedding.Passage;
import xyz.graphyn.domain.memory.MaskedText;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.Passages;
import xyz.graphyn.domain.memory.Span;

/** Embeds nodes, passage by passage, from their masked text: no vector tells anything of what is sensitive. */
public final class NodeEmbeddings {
    /** What no model has a reason to refuse. */
    private static final String PLAIN = "A plain sentence.";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(NodeEmbeddings.class);

    private final Optional<Embedder> embedder;
    private final MessageReader messages;

    /**
     * @param embedder empty if nothing is embedded
     * @param messages knows who spoke
     */
    public NodeEmbeddings(Optional<Embedder> embedder, MessageReader messages) {
        this.embedder = embedder;
        this.messages = messages;
    }

    /** Of the present model; empty if there is none. */
    public String model() {
        return embedder.map(Embedder::model).orElse("");
    }

    private record Place(int node, Span span, String text) {}

    /**
     * @return one for each node, in their order: one without passages where the model fails on it, so that nobody asks it again,
     *     and empty for all if there is no model. Of a node that nobody has searched for what is sensitive, none
     * @throws Refusal.Unavailable if the model is away, or fails on any text
     */
    List<Optional<Embedding>> of(List<Node> nodes) {
        if (embedder.isEmpty() || nodes.isEmpty()) {
            return nodes.stream().map(node -> Optional.<Embedding>empty()).toList();
        }
        try {
            return together(embedder.get(), nodes);
        } catch (Refusal.Unavailable away) {
            throw away;
        } catch (RuntimeException failure) {
            if (nodes.size() == 1) {
                return List.of(Optional.of(none(embedder.get(), nodes.getFirst(), failure)));
            }
            log.atWarn()
                    .addKeyValue("failure", failure.getClass().getName())
                    .addKeyValue("nodes", nodes.size())
                    .log("Nodes can't be embedded together, and are tried one by one");
            return nodes.stream().flatMap(node -> of(List.of(node)).stream()).toList();
        }
    }

    /** What is said of a node that the model does not take, once it is known that it takes others. */
    private static Embedding none(Embedder embedder, Node node, RuntimeException failure) {
        try {
            embedder.embed(List.of(PLAIN));
        } catch (RuntimeException same) {
            log.atWarn()
                    .addKeyValue("model", embedder.model())
                    .addKeyValue("failure", failure.getClass().getName())
                    .log("The model of meaning takes no text at all: its settings may be wrong");
            throw new Refusal.Unavailable("The model of meaning fails.", RETRY_AFTER);
        }
        log.atWarn()
                .addKeyValue("node", node.id())
                .addKeyValue("failure", failure.getClass().getName())
                .log("A node can't be embedded, and is found by its words only");
        return new Embedding(embedder.model(), List.of());
    }

    private List<Optional<Embedding>> together(Embedder embedder, List<Node> nodes) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!node.findings().equals(Findings.UNSCANNED)) {
                addPlaces(places, i, node);
            }
        }
        List<List<Passage>> passages = new ArrayList<>();
        nodes.forEach(node -> passages.add(new ArrayList<>()));
        for (int from = 0; from < places.size(); from += Embedder.MAX_BATCH) {
            List<Place> some = places.subList(from, Math.min(places.size(), from + Embedder.MAX_BATCH));
            List<byte[]> vectors = embedder.embed(some.stream().map(Place::text).toList());
            for (int i = 0; i < some.size(); i++) {
                passages.get(some.get(i).node()).add(new Passage(some.get(i).span(), vectors.get(i)));
            }
        }
        return passages.stream()
                .map(of ->
                        of.isEmpty() ? Optional.<Embedding>empty() : Optional.of(new Embedding(embedder.model(), of)))
                .toList();
    }

    private void addPlaces(List<Place> places, int index, Node node) {
        List<MaskedText.Passage> passages = MaskedText.passages(node);
        String speaker = passages.size() == 1 ? speaker(node) : "";
        passages.forEach(
                passage -> places.add(new Place(index, passage.span(), speaker + withinBounds(passage.masked()))));
    }

    /** Who says it is part of what it means, as long as there is room for it. */
    private String speaker(Node node) {
        return messages.speaker(MaskedText.properties(node))
                .map(name -> name + ": ")
                .orElse("");
    }

    /** Masks may be longer than what they hide; what is too long for a passage by that is cut off. */
    private static String withinBounds(String masked) {
        if (masked.length() <= Passages.MAX_WHOLE) {
            return masked;
        }
        int end = Character.isHighSurrogate(masked.charAt(Passages.MAX_WHOLE - 1))
                ? Passages.MAX_WHOLE - 1
                : Passages.MAX_WHOLE;
        return masked.substring(0, end);
    }
}
