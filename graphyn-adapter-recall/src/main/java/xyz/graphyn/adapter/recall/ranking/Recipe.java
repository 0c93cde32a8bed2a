package xyz.graphyn.adapter.recall.ranking;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.adapter.recall.memory.Side;

/**
 * The signals and what each weighs. All numbers of the ranking that were measured, not reasoned, stand here.
 *
 * <p>They were learnt listwise (softmax over the turns of a conversation) on 610 questions about nine conversations of three public
 * sets, LoCoMo, REALTALK and BEAM, each conversation scored by what was learnt from the others, and then rounded. Each may be a
 * third more or less without moving the recall of the first ten by more than 1.4 points. Scores are bounded and not standardized,
 * so a weight means the same in a memory of ten nodes and of a hundred thousand.
 */
final class Recipe {
    private static final Bm25 WORDS = new Bm25(0.9f, 0.6f);

    /** How much the words count of what was said one, two, three and four turns before or after. */
    private static final float[] NEIGHBORS = {0.5f, 0.4f, 0.3f, 0.2f};

    /** Words that tell something, of a neighbour that still counts in full. */
    private static final float FULL_LENGTH = 20;

    private static final Predicate<Question> WHEN =
            asks("^\\s*(?:when|what (?:day|date|month|year|time)|how long|which (?:year|month|day))\\b");
    private static final Predicate<Question> HOW_MANY = asks("\\bhow (?:many|much|long|often|old)\\b|\\bpercent"
            + "|\\bwhat is (?:the|my)\\b.{0,200}\\b(?:rate|number|count|quota|time)\\b");
    private static final Predicate<Question> WHICH = asks(
            "^\\s*(?:who|where|which|in which|what (?:is|was|are|were) the name|what .{0,20}\\b(?:book|movie|film|song|city"
                    + "|country|countries|place|band|game|show|company|state|name|artist|author|brand|class|breed)s?\\b)");
    private static final Predicate<Question> WHAT_YOU_SAID = asks("\\b(?:did|have|had|were) you\\b"
                    + "|\\byou(?:['\u2019]ve)? (?:\\w+ )?(?:recommend|suggest|advise|explain|propose|provide|tell|told|show|give|gave"
                    + "|mention|describe|help|walk|say|said|list)")
            .and(asks("^\\s*(?:can|could|would|will) you").negate());

    /** What the model of meaning says. */
    static final List<Weighted<Nearness>> MEANING =
            List.of(new Weighted<>(new Meaning(), 1.5f), new Weighted<>(new MeaningAround(), 0.6f));

    /** What is known without it. */
    static final List<Weighted<Question>> QUESTION = List.of(
            new Weighted<>(new WordsAround("words", WORDS, NEIGHBORS, NEIGHBORS, FULL_LENGTH), 1f),
            new Weighted<>(new ByPlace("speaker", Question::namesSomePeople, Recipe::saidByNamed), 0.55f),
            new Weighted<>(
                    new ByPlace("subject", question -> question.subject() != Names.NONE, Recipe::saidBySubject), 0.35f),
            new Weighted<>(new Date(), 1.4f),
            new Weighted<>(trait("time", WHEN, Memory::tellsTime), 0.35f),
            new Weighted<>(trait("number", HOW_MANY, Memory::hasNumber), 0.35f),
            new Weighted<>(new ByPlace("name", WHICH, Recipe::names), 0.3f),
            new Weighted<>(new OfEach("preference", Recipe::isPreference), 0.25f),
            new Weighted<>(trait("advice", WHAT_YOU_SAID, Memory::isAssistants), 0.4f),
            new Weighted<>(new OfEach("assistant", Recipe::isAssistants), -0.6f),
            new Weighted<>(new OfEach("asks", Recipe::asking), -0.15f));

    private Recipe() {}

    private static Predicate<Question> asks(String pattern) {
        Pattern compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        return question -> compiled.matcher(question.text()).find();
    }

    private interface Trait {
        boolean of(Memory memory, Side side, int place);
    }

    private static Signal<Question> trait(String name, Predicate<Question> asked, Trait trait) {
        return new ByPlace(
                name, asked, question -> place -> trait.of(question.memory(), question.side(), place) ? 1 : 0);
    }

    private static ByPlace.Score saidByNamed(Question question) {
        boolean[] named = new boolean[question.memory().speakers().size()];
        question.named().forEach(speaker -> named[speaker] = true);
        return place -> {
            int speaker = question.memory().speaker(question.side(), place);
            return speaker != Names.NONE && named[speaker] ? 1 : 0;
        };
    }

    private static ByPlace.Score saidBySubject(Question question) {
        int subject = question.subject();
        return place -> question.memory().speaker(question.side(), place) == subject ? 1 : 0;
    }

    private static float isPreference(Audience audience, int place) {
        return audience.memory().isPreference(audience.side(), place) ? 1 : 0;
    }

    private static float isAssistants(Audience audience, int place) {
        return audience.memory().isAssistants(audience.side(), place) ? 1 : 0;
    }

    private static float asking(Audience audience, int place) {
        return audience.memory().asking(audience.side(), place);
    }

    /** Somebody or something that is no speaker is named in it. */
    private static ByPlace.Score names(Question question) {
        boolean[] others = question.audience().derived("others", Recipe::others);
        return place -> {
            for (int word : question.memory().proper(question.side(), place)) {
                if (others[word]) {
                    return 1;
                }
            }
            return 0;
        };
    }

    private static boolean[] others(Audience audience) {
        Names words = audience.memory().capitalized();
        boolean[] others = new boolean[words.size()];
        for (int word = 0; word < others.length; word++) {
            others[word] = audience.people().meant(words.name(word)).isEmpty();
        }
        return others;
    }
}
