package xyz.graphyn.adapter.http.openapi;

import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.adapter.http.problem.ProblemWriter;

/** How problems look, for the reference. */
final class ProblemSchema {
    private static final JsonMapper JSON = new JsonMapper();

    private ProblemSchema() {}

    static Schema<?> schema() {
        Schema<Object> problem = of("object", "An error (RFC 9457).");
        problem.setRequired(List.of("type", "title", "status", "code", "detail", "requestId"));
        problem.addProperty("type", string("A URI that names the kind.").format("uri"));
        problem.addProperty("title", string("The kind, for people."));
        problem.addProperty("status", of("integer", "The status of the answer.").minimum(BigDecimal.valueOf(400)));
        problem.addProperty("code", string("The kind, for programs.")._enum(codes()));
        problem.addProperty("detail", string("What happened this time."));
        problem.addProperty("instance", string("The path of the request."));
        problem.addProperty("requestId", string("Under which the server's log knows the request."));
        problem.addProperty(
                "errors",
                of("array", "What is wrong with the request, each mistake at its place.")
                        .items(mistake())
                        .maxItems(Problem.MAX_MISTAKES));
        return problem;
    }

    private static List<Object> codes() {
        return Arrays.stream(ProblemType.values())
                .map(type -> (Object) type.code())
                .toList();
    }

    static JsonNode example(ProblemType type) {
        Problem problem = Problem.of(type, type.title() + ".");
        if (type == ProblemType.VALIDATION) {
            problem = Problem.validation(Mistake.atPointer("/name", "required", "is required"));
        }
        return JSON.readTree(ProblemWriter.write(problem, "/agents", "01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a"));
    }

    /** What an answer of this kind has beside its body, with its meaning. */
    static Map<String, String> headers(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "What is needed (RFC 6750).");
            case UPGRADE_REQUIRED -> Map.of("Upgrade", "Which protocol.");
            case UNAVAILABLE, TOO_MANY -> Map.of("Retry-After", "After how many seconds to try again.");
            default -> Map.of();
        };
    }

    private static Schema<?> mistake() {
        Schema<Object> mistake = of("object", "One mistake; it has one of `pointer`, `parameter` and `header`.");
        mistake.setRequired(List.of("code", "message"));
        mistake.addProperty(
                "pointer",
                string("Where in the body: a JSON Pointer (RFC 6901).").format("json-pointer"));
        mistake.addProperty("parameter", string("In which parameter of the query."));
        mistake.addProperty("header", string("In which header."));
        mistake.addProperty("code", string("What kind of mistake, for programs."));
        mistake.addProperty("message", string("What to do about it, for people."));
        return mistake;
    }

    private static Schema<Object> string(String description) {
        return of("string", description);
    }

    private static Schema<Object> of(String type, String description) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.setTypes(Set.of(type));
        schema.setDescription(description);
        return schema;
    }
}
