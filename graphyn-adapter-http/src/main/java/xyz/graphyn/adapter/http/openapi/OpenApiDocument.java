package xyz.graphyn.adapter.http.openapi;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.PathId;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.json.JsonItems;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.adapter.http.problem.ProblemWriter;

/** Writes the table of endpoints as OpenAPI 3.1. */
public final class OpenApiDocument {
    private static final String BEARER = "bearer";
    private static final String PROBLEM = "Problem";
    private static final JsonMapper JSON = new JsonMapper();

    private final ToIntFunction<BodySize> maxBytes;
    private final RecordSchemas schemas = new RecordSchemas();

    private OpenApiDocument(ToIntFunction<BodySize> maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @param publicUrl where the API is; null for where the document is
     * @param maxBytes how many bytes a body of a size may have
     * @return UTF-8
     */
    public static byte[] write(
            String version, @Nullable URI publicUrl, List<Endpoint> endpoints, ToIntFunction<BodySize> maxBytes) {
        OpenAPI document = new OpenApiDocument(maxBytes).document(version, publicUrl, endpoints);
        return Json31.pretty(document).getBytes(StandardCharsets.UTF_8);
    }

    private OpenAPI document(String version, @Nullable URI publicUrl, List<Endpoint> endpoints) {
        Paths paths = new Paths();
        endpoints.forEach(endpoint -> paths.computeIfAbsent(endpoint.path(), path -> new PathItem())
                .operation(PathItem.HttpMethod.valueOf(endpoint.method().name()), operation(endpoint)));
        Components components = new Components()
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("A session token of a user."));
        schemas.all().forEach(components::addSchemas);
        components.addSchemas(PROBLEM, ProblemSchema.schema());
        problems(endpoints).forEach(components::addResponses);
        return new OpenAPI(SpecVersion.V31)
                .openapi("3.1.0")
                .info(new Info()
                        .title("Graphyn")
                        .summary("The self-hosted backend for AI agents.")
                        .description(Description.TEXT)
                        .license(new License().name("Apache 2.0").identifier("Apache-2.0"))
                        .version(version))
                .servers(List.of(new Server().url(publicUrl == null ? "/" : publicUrl.toString())))
                .tags(endpoints.stream()
                        .map(endpoint -> endpoint.documentation().tag())
                        .distinct()
                        .map(name -> new Tag().name(name))
                        .toList())
                .paths(paths)
                .components(components);
    }

    private Operation operation(Endpoint endpoint) {
        Endpoint.Documentation documentation = endpoint.documentation();
        Operation operation = new Operation()
                .operationId(endpoint.operationId())
                .addTagsItem(documentation.tag())
                .summary(documentation.summary())
                .description(documentation.description() + "\n\n"
                        + endpoint.permission().description())
                .security(
                        endpoint.permission() instanceof Permission.Open
                                ? List.of()
                                : List.of(new SecurityRequirement().addList(BEARER)));
        endpoint.ids().forEach(id -> operation.addParametersItem(parameter(id)));
        endpoint.query().forEach(parameter -> operation.addParametersItem(parameter(parameter)));
        endpoint.headers().forEach(header -> operation.addParametersItem(header(header)));
        if (endpoint.idempotent()) {
            operation.addParametersItem(idempotencyKey());
        }
        endpoint.body().ifPresent(body -> operation.requestBody(body(body)));
        ApiResponses responses = new ApiResponses();
        endpoint.replies().forEach(reply -> responses.addApiResponse(Integer.toString(reply.status()), reply(reply)));
        statuses(endpoint.problems())
                .forEach((status, types) -> responses.addApiResponse(
                        status, new ApiResponse().$ref("#/components/responses/" + name(types))));
        return operation.responses(responses);
    }

    private static Parameter parameter(PathId id) {
        return new PathParameter()
                .name(id.name())
                .description(id.description())
                .schema(new Schema<>(SpecVersion.V31).types(Set.of("string")).format("uuid"))
                .example(id.example().toString());
    }

    /** The example stands in the schema: one beside it would be filled into Swagger UI's form, as a filter to be removed. */
    private static Parameter parameter(QueryParameter<?> parameter) {
        return new io.swagger.v3.oas.models.parameters.QueryParameter()
                .name(parameter.name())
                .description(parameter.description())
                .required(false)
                .schema(parameter.schema());
    }

    private static Parameter header(QueryParameter<?> header) {
        return new HeaderParameter()
                .name(header.name())
                .description(header.description())
                .required(false)
                .schema(header.schema());
    }

    private static Parameter idempotencyKey() {
        Schema<String> schema = new Schema<>(SpecVersion.V31);
        schema.setTypes(Set.of("string"));
        schema.setPattern("^[!-~]{1,255}$");
        schema.setExamples(List.of("create-travel-planner-1"));
        return new HeaderParameter()
                .name("Idempotency-Key")
                .description("Names this request: sent again within 24 hours with the same key and body, it is not done"
                        + " again. The answer is then what the request made, as it is now and as you may see it now; 404"
                        + " if it is gone.")
                .required(false)
                .schema(schema);
    }

    private RequestBody body(JsonBody<?> body) {
        Content content = new Content();
        body.mediaTypes().stream().sorted().forEach(type -> content.addMediaType(type, media(body, type)));
        return new RequestBody()
                .required(true)
                .description("At most " + maxBytes.applyAsInt(body.size()) + " bytes with "
                        + body.size().maxKeys() + " members in all.")
                .content(content);
    }

    private MediaType media(JsonBody<?> body, String mediaType) {
        JsonNode example = JSON.readTree(body.example());
        if (!mediaType.equals(JsonItems.LINES)) {
            return new MediaType().schema(schemas.ofRequest(body.type())).example(example);
        }
        Schema<String> schema = new Schema<>(SpecVersion.V31);
        schema.setTypes(Set.of("string"));
        schema.setDescription("The items of the list, one JSON object on each line.");
        String lines = example.path(body.lines().orElseThrow())
                .valueStream()
                .map(item -> item + "\n")
                .collect(Collectors.joining());
        return new MediaType().schema(schema).example(lines);
    }

    private ApiResponse reply(Reply reply) {
        ApiResponse response = new ApiResponse().description(reply.description());
        String mediaType = reply.mediaType();
        if (mediaType != null) {
            Class<?> type = reply.type();
            response.content(new Content()
                    .addMediaType(
                            mediaType,
                            type == null
                                    ? new MediaType()
                                            .schema(new Schema<>(SpecVersion.V31).types(Set.of("string")))
                                            .example(reply.example())
                                    : new MediaType()
                                            .schema(schemas.ofReply(type))
                                            .example(JSON.readTree(String.valueOf(reply.example())))));
        }
        if (reply.located()) {
            response.addHeaderObject(
                    "Location",
                    new Header()
                            .description(reply.status() == 201 ? "The path of what was created." : "Where to go.")
                            .schema(new Schema<>(SpecVersion.V31)
                                    .types(Set.of("string"))
                                    .format("uri-reference")));
        }
        if (reply.showsStored()) {
            response.addHeaderObject(
                    Answer.MASKED,
                    new Header()
                            .description("How many findings of sensitive data you see a hint of, or only the kind.")
                            .schema(new Schema<>(SpecVersion.V31).types(Set.of("integer"))));
        }
        return response;
    }

    /** One response for each set of problems that share a status, in use anywhere. */
    private static Map<String, ApiResponse> problems(List<Endpoint> endpoints) {
        Map<String, ApiResponse> responses = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            statuses(endpoint.problems()).values().forEach(types -> responses.put(name(types), problem(types)));
        }
        return responses;
    }

    private static Map<String, List<ProblemType>> statuses(Set<ProblemType> types) {
        return types.stream()
                .collect(Collectors.groupingBy(
                        type -> Integer.toString(type.status()), LinkedHashMap::new, Collectors.toList()));
    }

    private static String name(List<ProblemType> types) {
        return types.stream().map(ProblemType::code).collect(Collectors.joining("_or_"));
    }

    private static ApiResponse problem(List<ProblemType> types) {
        String description = types.stream()
                .map(type -> "`" + type.code() + "`: " + type.title() + ".")
                .collect(Collectors.joining(" "));
        MediaType media = new MediaType()
                .schema(new Schema<>(SpecVersion.V31).$ref("#/components/schemas/" + PROBLEM))
                .example(ProblemSchema.example(types.getFirst()));
        ApiResponse response = new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(ProblemWriter.MEDIA_TYPE, media));
        ProblemSchema.headers(types.getFirst())
                .forEach((name, meaning) -> response.addHeaderObject(
                        name,
                        new Header()
                                .description(meaning)
                                .schema(new Schema<>(SpecVersion.V31).types(Set.of("string")))));
        return response;
    }
}
