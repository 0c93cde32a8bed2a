package xyz.graphyn.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaWildcardType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.EdgeDisclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.masking.StreamDisclosures;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.application.stream.MaskedRun;
import xyz.graphyn.application.stream.Subscriber;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;

/** That no row leaves the application but as its reader may see it. Each rule says why it is there. */
@AnalyzeClasses(packages = "xyz.graphyn", importOptions = ImportOption.DoNotIncludeTests.class)
class DisclosureRulesTest {
    private static final String APPLICATION = "xyz.graphyn.application";
    private static final String MASKING = "xyz.graphyn.application.masking";
    private static final String HTTP = "xyz.graphyn.adapter.http..";

    /** Wires what describes the API on ports behind which there is nothing. */
    private static final String UNCONNECTED = "xyz.graphyn.adapter.http.Unconnected";

    /** What holds the texts of a row. */
    private static final Set<String> CONTENT = names(
            Agent.class,
            AgentProfile.class,
            Event.class,
            EventDraft.class,
            EventRun.class,
            Node.class,
            NodeDraft.class,
            Edge.class,
            EdgeDraft.class,
            AddedEdge.class,
            RecordedEvent.class,
            AddedNode.class);

    /** In which rows are what their reader may see. */
    private static final Set<String> COVERS = names(Masked.class, MaskedRun.class);

    @ArchTest
    static final ArchRule useCasesAnswerOnlyWhatIsMasked = classes()
            .that(areUseCases())
            .should(answerNoRowsButMasked())
            .because("an endpoint can only show what a use case answers: what is Masked was masked for its reader, and"
                    + " the audit trail has its entry");

    @ArchTest
    static final ArchRule subscribersAreToldOnlyWhatIsMasked = classes()
            .that(areSubscribers())
            .should(takeNoRowsButMasked())
            .because("a stream shows whatever its subscriber is told");

    @ArchTest
    static final ArchRule onlyMaskingMakesMasked =
            onlyMakes(MASKING, Masked.class).because("whoever has a Masked relies on it that its entry was written");

    @ArchTest
    static final ArchRule onlyScreensMakeMaskedRuns = noClasses()
            .that(not(named("xyz.graphyn.application.stream.Screen")))
            .should()
            .callConstructorWhere(target(owner(type(MaskedRun.class))))
            .because(
                    "the screen alone knows who sees the run, and whether the audit trail has the entry of this window");

    @ArchTest
    static final ArchRule onlyScreensTellOfEvents = noClasses()
            .that(not(named("xyz.graphyn.application.stream.Screen")))
            .should()
            .callMethodWhere(target(owner(type(Subscriber.class))).and(target(name("events"))))
            .because("a run that was masked for one reader must not be handed to another");

    @ArchTest
    static final ArchRule httpNeverReachesStores = noClasses()
            .that(resideInAPackage(HTTP).and(not(named(UNCONNECTED))))
            .should()
            .dependOnClassesThat(are(
                    EventStore.class,
                    NodeStore.class,
                    EdgeStore.class,
                    AgentStore.class,
                    Appender.class,
                    LiveChannel.class,
                    EventRun.class))
            .because("stores and channels give rows as they came, whoever asks");

    @ArchTest
    static final ArchRule httpNeverMasks = noClasses()
            .that(resideInAPackage(HTTP).and(not(named(UNCONNECTED))))
            .should()
            .dependOnClassesThat(are(
                    Disclosures.class,
                    EdgeDisclosures.class,
                    StreamDisclosures.class,
                    DisclosureLog.class,
                    SensitiveData.class))
            .because("what is disclosed is decided and noted where no endpoint can forget it");

    /** So that the rules can be seen to fail. */
    abstract static class Leaky {
        public record One(List<Event> inside, boolean created) {}

        public abstract Event bare();

        public abstract Optional<Agent> optional();

        public abstract Page<? extends Node> page();

        public abstract CompletableFuture<Map<String, List<Node[]>>> deep();

        public abstract One record();

        public abstract EventRun run();

        public abstract Page<Masked<Event>> fine();

        public abstract Masked<Page<Event>> fineToo();

        abstract Event ownBusiness();

        public abstract void told(Consumer<Event> by, MaskedRun fine);
    }

    @Test
    void seesARowHoweverItIsWrapped() {
        JavaClasses imported = new ClassFileImporter().importClasses(Leaky.class, Leaky.One.class, Masked.class);
        JavaClass leaky = imported.get(Leaky.class);
        assertEquals(
                Set.of("bare", "optional", "page", "deep", "record", "run"),
                Set.copyOf(publicMethods(leaky).stream()
                        .filter(method -> answersRows(method.getReturnType(), new HashSet<>()))
                        .map(JavaMethod::getName)
                        .toList()));
        assertEquals(
                List.of(true, false),
                leaky.getMethod("told", Consumer.class, MaskedRun.class).getParameterTypes().stream()
                        .map(parameter -> answersRows(parameter, new HashSet<>()))
                        .toList());
    }

    private static Set<String> names(Class<?>... types) {
        return Set.copyOf(List.of(types).stream().map(Class::getName).toList());
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }

    private static DescribedPredicate<JavaClass> are(Class<?>... types) {
        Set<String> names = names(types);
        return DescribedPredicate.describe("are one of " + names, type -> names.contains(type.getName()));
    }

    /** A rule of its own, since the compiler lets nobody break it whose breaking could be shown. */
    static ArchRule onlyMakes(String inPackage, Class<?> made) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(inPackage)
                .should()
                .callConstructorWhere(target(owner(type(made))));
    }

    private static DescribedPredicate<JavaClass> areSubscribers() {
        return DescribedPredicate.describe(
                "are subscribers", type -> type.isInterface() && type.isAssignableTo(Subscriber.class));
    }

    /** Records and interfaces are values and ports: what they hold counts where a use case answers it. */
    private static DescribedPredicate<JavaClass> areUseCases() {
        return DescribedPredicate.describe(
                "are use cases",
                type -> isOfApplication(type)
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.isInterface()
                        && !type.isRecord()
                        && !type.isEnum()
                        && !CONTENT.contains(type.getName())
                        && !COVERS.contains(type.getName()));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("xyz.graphyn.")
                && !type.getPackageName().equals(MASKING);
    }

    private static boolean isOfApplication(JavaClass type) {
        return type.getPackageName().startsWith(APPLICATION)
                && !type.getPackageName().equals(MASKING);
    }

    private static List<JavaMethod> publicMethods(JavaClass of) {
        return of.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .toList();
    }

    private static ArchCondition<JavaClass> answerNoRowsButMasked() {
        return new ArchCondition<>("answer no rows but Masked ones") {
            @Override
            public void check(JavaClass useCase, ConditionEvents events) {
                for (JavaMethod method : publicMethods(useCase)) {
                    boolean leaks = answersRows(method.getReturnType(), new HashSet<>());
                    events.add(new SimpleConditionEvent(
                            method,
                            !leaks,
                            method.getFullName() + " answers "
                                    + method.getReturnType().getName()));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> takeNoRowsButMasked() {
        return new ArchCondition<>("be told of no rows but masked ones") {
            @Override
            public void check(JavaClass subscriber, ConditionEvents events) {
                for (JavaMethod method : publicMethods(subscriber)) {
                    boolean leaks = method.getParameterTypes().stream()
                            .anyMatch(parameter -> answersRows(parameter, new HashSet<>()));
                    events.add(new SimpleConditionEvent(method, !leaks, method.getFullName() + " is told of rows"));
                }
            }
        };
    }

    /** Whether somebody who has a value of this type has a row as it came, however deep inside. */
    private static boolean answersRows(JavaType type, Set<String> visited) {
        JavaClass erased = type.toErasure();
        JavaClass element = erased.isArray() ? erased.getBaseComponentType() : erased;
        if (COVERS.contains(element.getName())) {
            return false;
        }
        if (CONTENT.contains(element.getName())) {
            return true;
        }
        if (type instanceof JavaParameterizedType parameterized
                && parameterized.getActualTypeArguments().stream()
                        .anyMatch(argument -> answersRows(argument, visited))) {
            return true;
        }
        if (type instanceof JavaWildcardType wildcard
                && wildcard.getUpperBounds().stream().anyMatch(bound -> answersRows(bound, visited))) {
            return true;
        }
        return isOurs(element)
                && visited.add(element.getName())
                && publicMethods(element).stream().anyMatch(method -> answersRows(method.getReturnType(), visited));
    }
}
