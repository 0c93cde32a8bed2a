package xyz.graphyn.adapter.http.endpoint;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import xyz.graphyn.adapter.http.endpoint.Endpoint.Method;

/** The table. No two endpoints have the same method and path, or the same operation id. */
public final class Endpoints {
    private final List<Endpoint> all;

    public Endpoints(List<Endpoint> all) {
        this.all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        for (Endpoint endpoint : all) {
            if (!names.add(endpoint.toString()) || !names.add(endpoint.operationId())) {
                throw new IllegalStateException(endpoint + " (" + endpoint.operationId() + ") is declared twice");
            }
        }
    }

    public List<Endpoint> all() {
        return all;
    }

    /** Every path with what can be done there, those first that a template of ids would hide. */
    public Map<String, Set<String>> methodsByPath() {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.comparingLong((Endpoint endpoint) ->
                                endpoint.path().chars().filter(c -> c == '{').count())
                        .thenComparing(Endpoint::path))
                .forEach(endpoint -> {
                    Set<String> there = methods.computeIfAbsent(endpoint.path(), path -> new TreeSet<>());
                    there.add(endpoint.method().name());
                    there.add("OPTIONS");
                    if (endpoint.method() == Method.GET) {
                        there.add("HEAD");
                    }
                });
        return methods;
    }
}
