package xyz.graphyn.domain.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.validation.Invalid;

class MaskingRulesTest {
    private static final Kind PERSON = new Kind("PERSON");

    private static MaskingPolicy policy(
            AccessLevel admin, AccessLevel member, AccessLevel viewer, AccessLevel auditor) {
        return new MaskingPolicy(
                Map.of(Role.ADMIN, admin, Role.MEMBER, member, Role.VIEWER, viewer, Role.AUDITOR, auditor), Set.of());
    }

    private static List<String> mistakes(Runnable making) {
        return assertThrows(Invalid.class, making::run).violations().stream()
                .map(violation -> violation.pointer() + " " + violation.code())
                .toList();
    }

    private static List<String> mistakes(List<SensitiveField> fields, List<CustomPattern> patterns) {
        return mistakes(() -> new DetectionRules(0, Set.of(), fields, patterns));
    }

    @Test
    void showsEachRoleWhatThePolicySays() {
        MaskingPolicy policy = new MaskingPolicy(MaskingPolicy.DEFAULT.levels(), Set.of(Kind.IP_ADDRESS));
        assertEquals(View.RAW, policy.viewOf(Role.ADMIN));
        assertEquals(AccessLevel.PARTIAL, policy.viewOf(Role.MEMBER).of(Kind.EMAIL));
        assertEquals(AccessLevel.MASKED, policy.viewOf(Role.VIEWER).of(Kind.EMAIL));
        assertEquals(AccessLevel.RAW, policy.viewOf(Role.VIEWER).of(Kind.IP_ADDRESS));
    }

    @Test
    void acceptsWhatNeverShowsMoreToThoseWhoMayDoLess() {
        for (AccessLevel admin : AccessLevel.values()) {
            for (AccessLevel member : AccessLevel.values()) {
                for (AccessLevel viewer : AccessLevel.values()) {
                    if (admin.covers(member) && member.covers(viewer)) {
                        assertEquals(
                                viewer,
                                policy(admin, member, viewer, AccessLevel.MASKED)
                                        .viewOf(Role.VIEWER)
                                        .level());
                    } else {
                        mistakes(() -> policy(admin, member, viewer, AccessLevel.MASKED));
                    }
                }
            }
        }
    }

    @Test
    void namesEveryMistakeOfAPolicy() {
        assertEquals(
                List.of("/levels/viewer too-much", "/levels/auditor too-much"),
                mistakes(() -> policy(AccessLevel.RAW, AccessLevel.MASKED, AccessLevel.RAW, AccessLevel.PARTIAL)));
        Map<Role, AccessLevel> incomplete = new EnumMap<>(MaskingPolicy.DEFAULT.levels());
        incomplete.remove(Role.VIEWER);
        assertEquals(List.of("/levels/viewer missing"), mistakes(() -> new MaskingPolicy(incomplete, Set.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "customer.name", "**.customer.*.name", "a.**", "naïve name"})
    void acceptsPathsOfNames(String path) {
        SensitiveField field = new SensitiveField(path, PERSON);
        assertEquals(List.of(field), new DetectionRules(0, Set.of(), List.of(field), List.of()).fields());
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "a.", ".a", "a..b", "*", "**", "**.*"})
    void refusesOtherPaths(String path) {
        assertEquals(
                List.of("/fields/0/path malformed"), mistakes(List.of(new SensitiveField(path, PERSON)), List.of()));
    }

    @Test
    void namesEveryMistakeOfTheRules() {
        assertEquals(
                List.of("/fields/1/path duplicate", "/fields/2/path blank", "/fields/3/path too-long"),
                mistakes(
                        List.of(
                                new SensitiveField("a", PERSON),
                                new SensitiveField("a", Kind.EMAIL),
                                new SensitiveField(" ", PERSON),
                                new SensitiveField("a".repeat(201), PERSON)),
                        List.of()));
        assertEquals(
                List.of(
                        "/patterns/1/name duplicate",
                        "/patterns/2/name malformed",
                        "/patterns/3/regex blank",
                        "/patterns/4/regex too-long"),
                mistakes(
                        List.of(),
                        List.of(
                                new CustomPattern("staff-id", "S\\d+", PERSON),
                                new CustomPattern("staff-id", "T\\d+", PERSON),
                                new CustomPattern("Staff id", "T\\d+", PERSON),
                                new CustomPattern("other", "", PERSON),
                                new CustomPattern("more", "x".repeat(501), PERSON))));
        assertEquals(
                List.of("/phoneRegions malformed"),
                mistakes(() -> new DetectionRules(0, Set.of("us"), List.of(), List.of())));
        assertEquals(
                List.of("/phoneRegions too-many", "/fields too-many", "/patterns too-many"),
                mistakes(() -> new DetectionRules(
                        0,
                        IntStream.range(0, 11)
                                .mapToObj(i -> "A" + (char) ('A' + i))
                                .collect(Collectors.toSet()),
                        IntStream.range(0, 201)
                                .mapToObj(i -> new SensitiveField("f" + i, PERSON))
                                .toList(),
                        IntStream.range(0, 51)
                                .mapToObj(i -> new CustomPattern("p" + i, "x", PERSON))
                                .toList())));
    }

    @Test
    void keepsItsRulesUnderAnotherRevision() {
        DetectionRules rules = new DetectionRules(
                3, Set.of("DE"), Collections.emptyList(), List.of(new CustomPattern("p", "x", PERSON)));
        assertEquals(new DetectionRules(4, Set.of("DE"), List.of(), rules.patterns()), rules.as(4));
    }
}
