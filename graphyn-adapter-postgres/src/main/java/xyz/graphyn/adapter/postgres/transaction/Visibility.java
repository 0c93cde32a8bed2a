package xyz.graphyn.adapter.postgres.transaction;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * Which rows a statement may see, as the settings that the policies of row-level security read.
 *
 * @param settings values by the name of the setting; none for the tables that hold nothing but ids
 */
public record Visibility(Map<String, String> settings) {
    private static final String PREFIX = "graphyn.";

    public Visibility {
        settings = Map.copyOf(settings);
    }

    /** The rows of one organization. */
    public static Visibility of(OrganizationId organization) {
        return new Visibility(Map.of("organizations", "{" + organization.value() + "}"));
    }

    /** The rows of several organizations, for a worker that serves them all. */
    public static Visibility of(Collection<OrganizationId> organizations) {
        return new Visibility(Map.of(
                "organizations",
                organizations.stream()
                        .map(organization -> organization.value().toString())
                        .collect(Collectors.joining(",", "{", "}"))));
    }

    /** The one row that says which organization of ours stands for this one. */
    public static Visibility of(ExternalOrganization organization) {
        return new Visibility(Map.of(
                "issuer", organization.issuer(),
                "kind", organization.kind().name(),
                "external_id", organization.id()));
    }

    /** No row of any tenant. */
    public static Visibility none() {
        return new Visibility(Map.of());
    }

    /** Calls that make the settings hold until the transaction ends, the implicit one of a single trip included. */
    Stream<String> announcement() {
        return settings.keySet().stream()
                .sorted()
                .map(name -> "set_config('" + PREFIX + name + "', :" + parameter(name) + ", true)");
    }

    static String parameter(String setting) {
        return "visible_" + setting;
    }
}
