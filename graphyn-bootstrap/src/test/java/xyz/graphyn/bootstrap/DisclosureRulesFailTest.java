package xyz.graphyn.bootstrap;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xyz.graphyn.adapter.http.leaky.LeakyEndpoint;
import xyz.graphyn.application.leaky.LeakySubscriber;
import xyz.graphyn.application.leaky.LeakyUseCase;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.stream.LeakyStream;

/** That each rule of {@link DisclosureRulesTest} fails where somebody breaks it, and there only. */
class DisclosureRulesFailTest {
    /** Who breaks each rule, and what the failure must tell. */
    private static final Map<String, Broken> BROKEN = Map.of(
            "useCasesAnswerOnlyWhatIsMasked", new Broken(LeakyUseCase.class, "LeakyUseCase.event()"),
            "subscribersAreToldOnlyWhatIsMasked", new Broken(LeakySubscriber.class, "LeakySubscriber.raw("),
            "onlyScreensMakeMaskedRuns", new Broken(LeakyStream.class, "LeakyStream.run("),
            "onlyScreensTellOfEvents", new Broken(LeakyStream.class, "LeakyStream.tell("),
            "httpNeverReachesStores", new Broken(LeakyEndpoint.class, "LeakyEndpoint.events("),
            "httpNeverMasks", new Broken(LeakyEndpoint.class, "LeakyEndpoint.shown("));

    /** What a class outside of the package can't call, and so can't be shown to be caught calling. */
    private static final Set<String> HELD_BY_THE_COMPILER = Set.of("onlyMaskingMakesMasked");

    private record Broken(Class<?> by, String told) {}

    private static final Map<String, ArchRule> RULES = Stream.of(DisclosureRulesTest.class.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(ArchTest.class))
            .collect(toUnmodifiableMap(Field::getName, DisclosureRulesFailTest::rule));

    private static ArchRule rule(Field field) {
        try {
            return (ArchRule) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> rules() {
        return RULES.keySet().stream().sorted().filter(rule -> !HELD_BY_THE_COMPILER.contains(rule));
    }

    private static EvaluationResult evaluate(ArchRule rule, Class<?>... on) {
        return rule.allowEmptyShould(true).evaluate(new ClassFileImporter().importClasses(on));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void failsWhereItIsBroken(String rule) {
        Broken broken = Objects.requireNonNull(BROKEN.get(rule), () -> "show who would break the rule " + rule);
        EvaluationResult result = evaluate(Objects.requireNonNull(RULES.get(rule)), broken.by());
        assertTrue(result.hasViolation(), () -> rule + " lets " + broken.by() + " pass");
        String told = String.join("\n", result.getFailureReport().getDetails());
        assertTrue(told.contains(broken.told()), told);
    }

    @Test
    void failsNowhereElse() {
        Class<?>[] leaky = {LeakyUseCase.class, LeakySubscriber.class, LeakyStream.class, LeakyEndpoint.class};
        for (Class<?> one : leaky) {
            assertEquals(
                    BROKEN.entrySet().stream()
                            .filter(broken -> broken.getValue().by().equals(one))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList(),
                    RULES.entrySet().stream()
                            .filter(rule -> evaluate(rule.getValue(), one).hasViolation())
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList());
        }
    }

    /** By the same rule on another class, since no other package can call the constructor of this one. */
    @Test
    void failsWhereAnotherPackageMakesWhatIsMadeInOne() {
        assertTrue(List.of(Masked.class.getDeclaredConstructors()).stream()
                .noneMatch(constructor -> Modifier.isPublic(constructor.getModifiers())));
        assertEquals(HELD_BY_THE_COMPILER, Set.copyOf(without(BROKEN.keySet())));
        String made = LeakyEndpoint.class.getPackageName();
        assertTrue(
                evaluate(DisclosureRulesTest.onlyMakes("xyz.graphyn.another", LeakyEndpoint.class), LeakyEndpoint.class)
                        .hasViolation());
        assertFalse(evaluate(DisclosureRulesTest.onlyMakes(made, LeakyEndpoint.class), LeakyEndpoint.class)
                .hasViolation());
    }

    private static List<String> without(Set<String> rules) {
        return RULES.keySet().stream().filter(rule -> !rules.contains(rule)).toList();
    }
}
