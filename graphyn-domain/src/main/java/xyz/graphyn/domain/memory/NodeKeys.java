package xyz.graphyn.domain.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;
import xyz.graphyn.domain.memory.NodeKey.Kind;

/**
 * What a node may have in common with others, read from its masked text: nothing that is hidden from anybody has a key, and no
 * two hidden values are compared.
 *
 * <ul>
 *   <li>{@link Kind#NAME}: see {@link MentionedNames}.
 *   <li>{@link Kind#SAME_WORDS}: see {@link SameWords}; of messages, in one session and by one speaker, since what is said again
 *       another day is another event; of other nodes, of one type. None where something is hidden in the content: texts may
 *       differ in that alone.
 *   <li>{@link Kind#STATEMENT}: see {@link ShortStatement}; by one speaker, or of one type. A message whose speaker has no name,
 *       but a role, is compared within its session only: many people may be {@code user}.
 *   <li>{@link Kind#SPEAKER}: a speaker's name, by which a name at the beginning of a sentence is known for one.
 * </ul>
 */
public final class NodeKeys {
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());
    private static final Set<String> ROLES =
            Set.of("user", "assistant", "system", "developer", "tool", "function", "ai", "human");

    /** Of the digest, in bytes: nobody finds two texts of one key, by chance or on purpose. */
    private static final int DIGEST = 16;

    private final Node node;
    private final String text;
    private final Optional<String> speaker;
    private final boolean named;
    private final MentionedNames names;

    private NodeKeys(Node node, String text, Optional<String> speaker, boolean named) {
        this.node = node;
        this.text = text;
        this.speaker = speaker;
        this.named = named;
        this.names = MentionedNames.in(text);
    }

    /**
     * @param speaker who speaks, by the masked properties
     * @return empty for a node that nobody has searched for what is sensitive
     */
    public static Optional<NodeKeys> of(Node node, Optional<String> speaker) {
        if (node.findings().equals(Findings.UNSCANNED)) {
            return Optional.empty();
        }
        boolean named = speaker.filter(name -> !ROLES.contains(MentionedNames.folded(name)))
                        .isPresent()
                && node.findings().in("/properties").isEmpty();
        return Optional.of(new NodeKeys(
                node, Masks.inText(node.content(), node.findings().in("/content"), MASKED), speaker, named));
    }

    /** Names that are names only if they are known: see {@link MentionedNames#possible}. */
    public List<NodeKey> possibleNames() {
        return names.possible().stream().map(NodeKey::named).toList();
    }

    /** @param isKnown whether a possible name is known as one */
    public List<NodeKey> all(Predicate<NodeKey> isKnown) {
        Map<String, NodeKey> found = new LinkedHashMap<>();
        names.certain().stream().map(NodeKey::named).forEach(key -> found.putIfAbsent(key.key(), key));
        possibleNames().stream().filter(isKnown).forEach(key -> found.putIfAbsent(key.key(), key));
        List<NodeKey> keys = new ArrayList<>(
                found.values().stream().limit(MentionedNames.MOST).toList());
        speakerKey().ifPresent(keys::add);
        if (node.findings().in("/content").isEmpty()) {
            SameWords.of(text).ifPresent(words -> keys.add(digest(Kind.SAME_WORDS, scope(true), words)));
        }
        ShortStatement.of(text)
                .ifPresent(told -> keys.add(digest(
                        Kind.STATEMENT,
                        scope(told.isOfItsSession() || !named),
                        told.subject() + "\n" + told.relation())));
        return keys;
    }

    /** The names by which others know the node's speaker. */
    private Optional<NodeKey> speakerKey() {
        return named
                ? speaker.map(MentionedNames::folded)
                        .filter(name -> !name.isEmpty() && name.length() <= MentionedNames.LONGEST)
                        .map(name -> NodeKey.of(Kind.SPEAKER, name))
                : Optional.empty();
    }

    /** Whether two nodes that are nearly the same in meaning are so in words, too. */
    public boolean isNearly(NodeKeys other) {
        return scope(true).equals(other.scope(true))
                && node.findings().in("/content").isEmpty()
                && other.node.findings().in("/content").isEmpty()
                && SameWords.nearly(text, other.text);
    }

    private String scope(boolean ofSession) {
        boolean message = node.type().equals(Message.TYPE);
        String session = message && ofSession && node.sessionId() != null ? node.sessionId() : "";
        return node.type() + "\n" + speaker.orElse("") + "\n" + session;
    }

    private static NodeKey digest(Kind kind, String scope, String what) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((scope + "\n" + what).getBytes(StandardCharsets.UTF_8));
            return NodeKey.of(kind, HexFormat.of().formatHex(hash, 0, DIGEST));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
