package xyz.graphyn.application.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeSource;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.domain.validation.Invalid;

/** Makes nodes of {@code message} events. */
public final class MessageNodes {
    private static final int LONGEST_ERROR = 500;
    private static final Logger log = LoggerFactory.getLogger(MessageNodes.class);

    private final MessageReader reader;
    private final SensitiveData data;
    private final TokenCounter tokens;
    private final IdGenerator ids;
    private final InstantSource clock;

    public MessageNodes(
            MessageReader reader, SensitiveData data, TokenCounter tokens, IdGenerator ids, InstantSource clock) {
        this.reader = reader;
        this.data = data;
        this.tokens = tokens;
        this.ids = ids;
        this.clock = clock;
    }

    /** What becomes of an event. */
    sealed interface Taken {
        record Made(Node node) implements Taken {}

        /** There is nothing in it to remember. */
        record Nothing() implements Taken {}

        record Failed(SetAside event) implements Taken {}
    }

    SensitiveData data() {
        return data;
    }

    TokenCounter tokens() {
        return tokens;
    }

    /**
     * @throws Refusal.Unavailable if what is sensitive can't be looked for now; whatever else goes wrong is the event's own
     *     affair
     */
    Taken take(AgentKey agent, Event event) {
        if (!event.type().equals(Message.TYPE)) {
            return new Taken.Nothing();
        }
        try {
            Optional<Message> message = reader.read(event.payload());
            return message.isPresent() ? new Taken.Made(node(agent, event, message.get())) : new Taken.Nothing();
        } catch (Refusal.Unavailable later) {
            throw later;
        } catch (Invalid invalid) {
            return failed(event, words(invalid));
        } catch (RuntimeException | StackOverflowError failure) {
            // Its message may repeat what the event holds, and its stack may be deep.
            log.atWarn()
                    .addKeyValue("agent", agent.agent())
                    .addKeyValue("seq", event.seq())
                    .addKeyValue("failure", failure.getClass().getName())
                    .log("An event could not be made into memory, and is set aside");
            return failed(event, "It could not be taken in for a reason of the server's own: see its log.");
        }
    }

    private Node node(AgentKey agent, Event event, Message message) {
        NodeDraft draft = new NodeDraft(
                Message.TYPE,
                message.text(),
                List.of(),
                reader.properties(message),
                event.occurredAt(),
                event.sessionId(),
                null);
        NodeSource source = new NodeSource(event.id(), event.externalId());
        Instant now = clock.instant();
        return Node.from(
                source,
                new NodeId(ids.next()),
                agent.agent(),
                draft,
                tokens.count(draft.content()),
                now,
                data.in(agent.organization(), draft, source));
    }

    private Taken failed(Event event, String error) {
        return new Taken.Failed(new SetAside(event.id(), event.seq(), error, 1, clock.instant()));
    }

    private static String words(Invalid invalid) {
        String all = invalid.violations().stream()
                .map(mistake -> mistake.pointer() + " " + mistake.message())
                .collect(Collectors.joining("; "));
        return all.length() <= LONGEST_ERROR
                ? all
                : all.substring(
                        0,
                        Character.isHighSurrogate(all.charAt(LONGEST_ERROR - 1)) ? LONGEST_ERROR - 1 : LONGEST_ERROR);
    }
}
