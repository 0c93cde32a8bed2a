package xyz.graphyn.adapter.http.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.Reply;

/**
 * The reference as a document and as a page. The page is Swagger UI, served from this process: nothing of it comes from
 * elsewhere, which its content security policy makes sure of.
 */
public final class DocsRoutes {
    private static final String TAG = "Reference";
    private static final String UI = "META-INF/resources/webjars/swagger-ui/";

    /** Swagger UI puts styles and pictures into the page itself; scripts come from us and are never inline. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final Supplier<byte[]> document;

    /** @param document writes the OpenAPI document; called when it is first asked for */
    public DocsRoutes(Supplier<byte[]> document) {
        this.document = new LazyDocument(document);
    }

    public List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(Endpoint.get("/", "getStart")
                .permission(Permission.open())
                .documented(TAG, "Go to the reference", "For people who come with a browser.")
                .reply(Reply.redirect("To `/docs`."))
                .handledBy(request -> Answer.redirect("docs")));
        endpoints.add(Endpoint.get("/openapi.json", "getOpenApi")
                .permission(Permission.open())
                .documented(TAG, "This document", "The API as OpenAPI 3.1.")
                .reply(Reply.document("The document.", "application/json", "{\"openapi\":\"3.1.0\"}"))
                .handledBy(request -> tagged("application/json", document.get())));
        endpoints.add(asset("/docs", "getDocs", "text/html; charset=utf-8", "<!DOCTYPE html>", own("index.html")));
        endpoints.add(script("/docs/docs.js", "getDocsScript", own("docs.js")));
        endpoints.add(script("/docs/swagger-ui-bundle.js", "getDocsBundle", ui("swagger-ui-bundle.js")));
        endpoints.add(
                asset("/docs/swagger-ui.css", "getDocsStyle", "text/css", ".swagger-ui {}", ui("swagger-ui.css")));
        endpoints.add(asset("/docs/favicon.png", "getDocsIcon", "image/png", "PNG", ui("favicon-32x32.png")));
        return endpoints;
    }

    private static Endpoint script(String path, String operationId, byte[] content) {
        return asset(path, operationId, "text/javascript; charset=utf-8", "\"use strict\";", content);
    }

    private static Endpoint asset(String path, String operationId, String mediaType, String example, byte[] content) {
        Answer answer = tagged(mediaType, content).with("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        return Endpoint.get(path, operationId)
                .permission(Permission.open())
                .documented(TAG, path.equals("/docs") ? "The reference" : "Part of the reference", "For browsers.")
                .reply(Reply.document("The content.", mediaType, example))
                .handledBy(request -> answer);
    }

    /** May be kept, if it is asked each time whether it is still the same: after an upgrade it is not. */
    private static Answer tagged(String mediaType, byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Answer.of(200, mediaType, content)
                    .with("Cache-Control", "no-cache")
                    .with("ETag", "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] own(String name) {
        return resource("xyz/graphyn/adapter/http/openapi/" + name);
    }

    private static byte[] ui(String name) {
        return resource(UI + version() + "/" + name);
    }

    /** The WebJar has its version in its paths; its Maven descriptor says which it is. */
    private static String version() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(
                    resource("META-INF/maven/org.webjars/swagger-ui/pom.properties"), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static byte[] resource(String path) {
        try (InputStream in = DocsRoutes.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
