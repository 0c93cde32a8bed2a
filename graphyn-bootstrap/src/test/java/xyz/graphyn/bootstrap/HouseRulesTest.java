package xyz.graphyn.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import xyz.graphyn.adapter.recall.embedding.EmbedderConfiguration;

/** How the house is built: what may lean on what. Each rule says why it is there. */
@AnalyzeClasses(packages = "xyz.graphyn", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String DOMAIN = "xyz.graphyn.domain..";
    private static final String APPLICATION = "xyz.graphyn.application..";
    private static final String HTTP = "xyz.graphyn.adapter.http..";
    private static final String POSTGRES = "xyz.graphyn.adapter.postgres..";
    private static final String REDIS = "xyz.graphyn.adapter.redis..";
    private static final String DETECTION = "xyz.graphyn.adapter.detection..";
    private static final String RECALL = "xyz.graphyn.adapter.recall..";
    private static final String BOOTSTRAP = "xyz.graphyn.bootstrap..";
    private static final String TESTKIT = "xyz.graphyn.testkit..";

    @ArchTest
    static final ArchRule domainIsPureJava = classes()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(DOMAIN, "java..", "org.jspecify..")
            .because("teams embed the domain in services of their own, and it must drag nothing along");

    @ArchTest
    static final ArchRule applicationKnowsNoTechnology = classes()
            .that()
            .resideInAPackage(APPLICATION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(DOMAIN, APPLICATION, "java..", "org.jspecify..", "org.slf4j..")
            .because("a use case must run unchanged on any database, any transport and in a test");

    @ArchTest
    static final ArchRule adaptersDontSeeEachOther = slices().matching("xyz.graphyn.adapter.(*)..")
            .should()
            .notDependOnEachOther()
            .because("swapping one technology must not touch another; they meet in the application's ports");

    @ArchTest
    static final ArchRule nobodySeesBootstrap = noClasses()
            .that()
            .resideOutsideOfPackage(BOOTSTRAP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BOOTSTRAP)
            .because("wiring knows everybody, so whoever knew the wiring would know everybody too");

    @ArchTest
    static final ArchRule onlyTestsUseTheTestkit = noClasses()
            .that()
            .resideOutsideOfPackage(TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TESTKIT)
            .because("a server on a store in memory would lose what it answered");

    @ArchTest
    static final ArchRule domainFeaturesHaveNoCycles = slices().matching("xyz.graphyn.domain.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature that is needed by what it needs can't be understood alone");

    @ArchTest
    static final ArchRule applicationFeaturesHaveNoCycles = slices().matching("xyz.graphyn.application.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature that is needed by what it needs can't be understood alone");

    @ArchTest
    static final ArchRule adapterFeaturesHaveNoCycles = slices().matching("xyz.graphyn.adapter.*.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature that is needed by what it needs can't be understood alone");

    @ArchTest
    static final ArchRule timeAndChanceAreInjected = noClasses()
            .that()
            .resideOutsideOfPackage(BOOTSTRAP)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethodWhere(target(owner(type(Clock.class))).and(target(nameStartingWith("system"))))
            .orShould()
            .callMethodWhere(target(owner(type(InstantSource.class))).and(target(nameStartingWith("system"))))
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethodWhere(target(owner(type(ThreadLocalRandom.class))).and(target(nameStartingWith("current"))))
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SecureRandom.class)
            .because("a test must be able to say what time it is and which id comes next");

    @ArchTest
    static final ArchRule onlyBootstrapReadsTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackage(BOOTSTRAP)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .because("configuration is read once, checked whole and handed over as records");

    @ArchTest
    static final ArchRule jdbiStaysInPostgres = onlyIn(
            POSTGRES,
            "SQL belongs to one module, so that another database is one module's work",
            "org.jdbi..",
            "org.postgresql..",
            "org.flywaydb..",
            "com.zaxxer..",
            "java.sql..",
            "javax.sql..");

    @ArchTest
    static final ArchRule lettuceStaysInRedis = onlyIn(
            REDIS, "reactive and Netty types must not leak into signatures elsewhere", "io.lettuce..", "io.netty..");

    @ArchTest
    static final ArchRule javalinStaysInHttp = onlyIn(
            HTTP,
            "another transport must find every rule in the application, not in handlers",
            "io.javalin..",
            "org.eclipse.jetty..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule recognizingStaysInDetection = onlyIn(
            DETECTION,
            "what is sensitive is the domain's to say; who brings another recognizer replaces one module",
            "com.google.re2j..",
            "com.google.i18n.phonenumbers..",
            "org.apache.commons.validator..");

    @ArchTest
    static final ArchRule findingStaysInRecall = onlyIn(
            RECALL,
            "how memory is searched and what embeds it must stay one module's choice",
            "org.apache.lucene..",
            "com.knuddels.jtokkit..",
            "ai.onnxruntime..",
            "ai.djl..",
            "dev.langchain4j..");

    @ArchTest
    static final ArchRule recallIsSeenFromItsFront = noClasses()
            .that()
            .resideOutsideOfPackage(RECALL)
            .should()
            .dependOnClassesThat(resideInAPackage("xyz.graphyn.adapter.recall.(*)..")
                    .and(not(simpleName("EmbedderConfiguration")))
                    .and(not(type(EmbedderConfiguration.Kind.class))))
            .because("its parts are public only for the front that makes them, and are handed out as ports");

    @ArchTest
    static final ArchRule postgresIsSeenFromItsFront = noClasses()
            .that()
            .resideOutsideOfPackage(POSTGRES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("xyz.graphyn.adapter.postgres.(*)..")
            .because("its stores are public only for the storage that makes them, and are handed out as ports");

    @ArchTest
    static final ArchRule transactionsAreOpenedInOnePlace = noClasses()
            .that()
            .resideInAPackage(POSTGRES)
            .and(not(resideInAnyPackage("xyz.graphyn.adapter.postgres.transaction..")))
            .should()
            .callMethodWhere(new DescribedPredicate<>("begin, commit or roll back a transaction") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    return call.getTargetOwner().getPackageName().startsWith("org.jdbi")
                            && java.util.Set.of("begin", "commit", "rollback", "inTransaction", "useTransaction")
                                    .contains(call.getName());
                }
            })
            .because("the tenant of a transaction is set where it is opened, and must not be forgotten");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .areNotAnonymousClasses()
            .and(not(simpleName("package-info")))
            .should(resideInANullMarkedPackage())
            .because("NullAway checks only what is marked");

    private static ArchRule onlyIn(String home, String because, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(home, BOOTSTRAP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .because(because);
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        type, marked, type.getFullName() + (marked ? " is" : " is not") + " in a marked package"));
            }
        };
    }
}
