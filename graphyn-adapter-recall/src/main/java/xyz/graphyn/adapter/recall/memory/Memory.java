package xyz.graphyn.adapter.recall.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/**
 * What is known of an agent's nodes, by place: a node keeps its place, below {@link #size}, as long as it does not change. What
 * is asked of a place where no node is has no meaning, but for {@link #isThere}.
 */
public final class Memory implements AutoCloseable {
    /** No node says it was in this one: messages without a session are one conversation. */
    private static final String NO_SESSION = "";

    private static final byte THERE = 1;
    private static final byte TYPE_FOUND = 4;
    private static final byte SESSION_FOUND = 8;

    private static final int FIRST_SIZE = 64;

    /** Of all arrays together, with the id and its entry in the map, and what is derived of them for two audiences. */
    private static final long BYTES_PER_NODE = 448;

    private final Postings postings = new Postings();
    private final Units units = new Units();
    private final Names types = new Names();
    private final Names sessionNames = new Names();
    private final Names speakers = new Names();
    private final Sessions sessions = new Sessions(this::before);
    private final Map<NodeId, Integer> places = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    private int size;
    private @Nullable NodeId[] ids = new NodeId[FIRST_SIZE];
    private byte[] flags = new byte[FIRST_SIZE];
    private long[] rules = new long[FIRST_SIZE];
    private long[] occurredAt = new long[FIRST_SIZE];
    private long[] supersededAt = new long[FIRST_SIZE];
    private int[] tokens = new int[FIRST_SIZE];
    private int[] type = new int[FIRST_SIZE];
    private int[] session = new int[FIRST_SIZE];
    private int[] position = new int[FIRST_SIZE];
    private final int[][] speaker = {new int[FIRST_SIZE], new int[FIRST_SIZE]};
    private final int[][] length = {new int[FIRST_SIZE], new int[FIRST_SIZE]};
    private final int[][] traits = {new int[FIRST_SIZE], new int[FIRST_SIZE]};
    private final float[][] asking = {new float[FIRST_SIZE], new float[FIRST_SIZE]};
    private final int[][][] proper = {new int[FIRST_SIZE][], new int[FIRST_SIZE][]};
    private final int[][][] greeted = {new int[FIRST_SIZE][], new int[FIRST_SIZE][]};
    private final Names capitalized = new Names();
    private final int messageType = types.add(Message.TYPE);

    /** Takes in nodes as they are now. They are searched after {@link #refresh}. */
    public void put(List<Analysis> nodes) {
        for (Analysis analysis : nodes) {
            Integer known = places.get(analysis.node().id());
            if (known != null && staysWhereItIs(known, analysis.node())) {
                forgetText(known);
                fill(known, analysis);
            } else {
                remove(analysis.node().id());
                add(analysis);
            }
        }
    }

    /** Most changes, as a new embedding, leave a node where it is in its session: then nothing behind it has to move. */
    private boolean staysWhereItIs(int place, Node node) {
        return session[place] == sessionNames.add(conversation(node)) && occurredAt[place] == micros(node.occurredAt());
    }

    private static @Nullable String conversation(Node node) {
        return node.sessionId() == null && node.type().equals(Message.TYPE) ? NO_SESSION : node.sessionId();
    }

    /** Forgets a node; one that is not known is none. */
    public void remove(NodeId id) {
        Integer known = places.remove(id);
        if (known == null) {
            return;
        }
        int place = known;
        forgetText(place);
        if (session[place] != Names.NONE) {
            sessions.remove(session[place], place, position);
        }
        flags[place] = 0;
        ids[place] = null;
        free.push(place);
    }

    /** Makes all changes seen. */
    public void refresh() {
        postings.refresh();
    }

    private void forgetText(int place) {
        for (int unit : units.remove(place)) {
            postings.remove(unit);
        }
    }

    private void add(Analysis analysis) {
        Node node = analysis.node();
        int place = free.isEmpty() ? size++ : free.pop();
        if (place == ids.length) {
            grow();
        }
        places.put(node.id(), place);
        ids[place] = node.id();
        occurredAt[place] = micros(node.occurredAt());
        session[place] = sessionNames.add(conversation(node));
        if (session[place] != Names.NONE) {
            sessions.add(session[place], place, position);
        }
        fill(place, analysis);
    }

    /** What does not say where it stands. */
    private void fill(int place, Analysis analysis) {
        Node node = analysis.node();
        flags[place] = flags(node);
        supersededAt[place] = supersededAt(node);
        rules[place] = node.findings().rules().value();
        tokens[place] = node.tokens();
        type[place] = types.add(node.type());
        index(place, analysis);
        analysis.embedding().ifPresent(found -> units.embed(place, found));
    }

    private void index(int place, Analysis analysis) {
        List<Analysis.Passage> passages = analysis.passages();
        int[] added =
                units.add(place, passages.stream().map(Analysis.Passage::span).toList());
        length[Side.RAW.index][place] = 0;
        length[Side.MASKED.index][place] = 0;
        for (int i = 0; i < added.length; i++) {
            Analysis.Passage passage = passages.get(i);
            postings.add(added[i], passage.raw(), passage.masked());
            length[Side.RAW.index][place] += passage.raw().size();
            length[Side.MASKED.index][place] += passage.masked().size();
        }
        note(Side.RAW, place, analysis.raw());
        note(Side.MASKED, place, analysis.masked());
    }

    private void note(Side side, int place, Analysis.Text text) {
        Traits told = text.traits();
        speaker[side.index][place] = speakers.add(text.speaker());
        traits[side.index][place] = told.bits();
        asking[side.index][place] = told.asking();
        proper[side.index][place] =
                told.proper().stream().mapToInt(capitalized::add).toArray();
        greeted[side.index][place] =
                told.greeted().stream().mapToInt(capitalized::add).toArray();
    }

    private static byte flags(Node node) {
        int flags = THERE;
        flags |= node.findings().in("/type").isEmpty() ? 0 : TYPE_FOUND;
        flags |= node.findings().in("/sessionId").isEmpty() ? 0 : SESSION_FOUND;
        return (byte) flags;
    }

    private static long supersededAt(Node node) {
        return node.supersession() == null || node.supersession().at() == null
                ? Long.MAX_VALUE
                : micros(node.supersession().at());
    }

    private void grow() {
        int more = 2 * ids.length;
        ids = Arrays.copyOf(ids, more);
        flags = Arrays.copyOf(flags, more);
        rules = Arrays.copyOf(rules, more);
        occurredAt = Arrays.copyOf(occurredAt, more);
        supersededAt = Arrays.copyOf(supersededAt, more);
        tokens = Arrays.copyOf(tokens, more);
        type = Arrays.copyOf(type, more);
        session = Arrays.copyOf(session, more);
        position = Arrays.copyOf(position, more);
        for (Side side : Side.values()) {
            int i = side.index;
            speaker[i] = Arrays.copyOf(speaker[i], more);
            length[i] = Arrays.copyOf(length[i], more);
            traits[i] = Arrays.copyOf(traits[i], more);
            asking[i] = Arrays.copyOf(asking[i], more);
            proper[i] = Arrays.copyOf(proper[i], more);
            greeted[i] = Arrays.copyOf(greeted[i], more);
        }
    }

    /** By time, and what came at one time in the order of its ids. */
    public boolean before(int place, int other) {
        return occurredAt[place] != occurredAt[other]
                ? occurredAt[place] < occurredAt[other]
                : id(place).compareTo(id(other)) < 0;
    }

    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** The same, rounded up, so that a time is compared as if it were not cut. */
    public static long microsUp(Instant time) {
        return micros(time.plusNanos(999));
    }

    /** How many places there are, taken or not. */
    public int size() {
        return size;
    }

    public boolean isThere(int place) {
        return flags[place] != 0;
    }

    public boolean isSuperseded(int place) {
        return supersededAt[place] != Long.MAX_VALUE;
    }

    /** Whether it was known at that time, in microseconds since 1970, UTC, and nothing held in its place yet. */
    public boolean heldAt(int place, long time) {
        return occurredAt[place] <= time && supersededAt[place] > time;
    }

    public boolean isSearchedBy(int place, RulesVersion version) {
        return rules[place] == version.value();
    }

    public boolean isTypeFound(int place) {
        return (flags[place] & TYPE_FOUND) != 0;
    }

    public boolean isSessionFound(int place) {
        return (flags[place] & SESSION_FOUND) != 0;
    }

    public boolean isMessage(int place) {
        return type[place] == messageType;
    }

    public NodeId id(int place) {
        return Objects.requireNonNull(ids[place]);
    }

    /** In microseconds since 1970, UTC. */
    public long occurredAt(int place) {
        return occurredAt[place];
    }

    public int tokens(int place) {
        return tokens[place];
    }

    /** By {@link #types}. */
    public int type(int place) {
        return type[place];
    }

    public Names types() {
        return types;
    }

    /** By {@link #sessionNames}; {@link Names#NONE} for what belongs to no conversation. */
    public int session(int place) {
        return session[place];
    }

    public Names sessionNames() {
        return sessionNames;
    }

    /** By {@link #speakers}; {@link Names#NONE} for what nobody said. */
    public int speaker(Side side, int place) {
        return speaker[side.index][place];
    }

    public Names speakers() {
        return speakers;
    }

    /** How many words tell something. */
    public int length(Side side, int place) {
        return length[side.index][place];
    }

    /** Whether it says when something was, is or will be. */
    public boolean tellsTime(Side side, int place) {
        return (traits[side.index][place] & Traits.TELLS_TIME) != 0;
    }

    public boolean hasNumber(Side side, int place) {
        return (traits[side.index][place] & Traits.HAS_NUMBER) != 0;
    }

    /** Whether a user says in it what he likes, or how he wants to be answered. */
    public boolean isPreference(Side side, int place) {
        return (traits[side.index][place] & Traits.PREFERENCE) != 0;
    }

    /** Whether an assistant without a name said it. */
    public boolean isAssistants(Side side, int place) {
        return (traits[side.index][place] & Traits.ASSISTANT) != 0;
    }

    /** How many of its sentences are questions, 0 to 1. */
    public float asking(Side side, int place) {
        return asking[side.index][place];
    }

    /** Words with a capital within a sentence, by {@link #capitalized}; a few. Not a copy: nobody may change it. */
    public int[] proper(Side side, int place) {
        return proper[side.index][place];
    }

    /** Who is greeted or thanked by name, by {@link #capitalized}; a few. Not a copy: nobody may change it. */
    public int[] greeted(Side side, int place) {
        return greeted[side.index][place];
    }

    /** In lower case. */
    public Names capitalized() {
        return capitalized;
    }

    /** What was said that many turns later in the same session, earlier if below 0; {@link Names#NONE} if there is none. */
    public int neighbor(int place, int distance) {
        return session[place] == Names.NONE ? Names.NONE : sessions.at(session[place], position[place] + distance);
    }

    /** Where it stands in its session, from 0. */
    public int position(int place) {
        return position[place];
    }

    /** How many sessions there are or were, by number. */
    public int sessions() {
        return sessions.count();
    }

    /** What was said in a session, in the order of time, up to {@link #sizeOf}. Not a copy: nobody may change it. */
    public int[] inOrder(int session) {
        return sessions.places(session);
    }

    /** How much was said in a session. */
    public int sizeOf(int session) {
        return sessions.size(session);
    }

    public Units units() {
        return units;
    }

    /** Hears where a word stands. */
    public void visit(String word, Side side, UnitListener listener) {
        postings.visit(word, side == Side.MASKED, listener);
    }

    /** Forgets all vectors, and takes in none any more: what is left is searched by its words, and takes less. */
    public void dropVectors() {
        units.dropVectors();
    }

    /** About how much memory this takes. */
    public long bytes() {
        return postings.bytes()
                + units.bytes()
                + types.bytes()
                + sessionNames.bytes()
                + speakers.bytes()
                + capitalized.bytes()
                + BYTES_PER_NODE * ids.length;
    }

    @Override
    public void close() {
        postings.close();
    }
}
