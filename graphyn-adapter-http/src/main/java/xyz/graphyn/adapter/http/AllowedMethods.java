package xyz.graphyn.adapter.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be done at which path, for those who ask for something else there. */
final class AllowedMethods {
    private static final Pattern PATH_ID = Pattern.compile("\\{\\w+}");

    private final List<Place> places;

    /** @param methods in the order in which they are told */
    private record Place(Pattern path, String methods) {}

    /** @param methodsByPath by the template of the path */
    AllowedMethods(Map<String, Set<String>> methodsByPath) {
        places = methodsByPath.entrySet().stream()
                .map(there -> new Place(pattern(there.getKey()), String.join(", ", there.getValue())))
                .toList();
    }

    /** @return for a header: {@code GET, HEAD}; empty if there is nothing at this path */
    Optional<String> at(String path) {
        return places.stream()
                .filter(place -> place.path().matcher(path).matches())
                .map(Place::methods)
                .findFirst();
    }

    /** What stands between the ids is taken by the letter: a dot is a dot. */
    private static Pattern pattern(String template) {
        return Pattern.compile(
                Arrays.stream(PATH_ID.split(template, -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+")));
    }
}
