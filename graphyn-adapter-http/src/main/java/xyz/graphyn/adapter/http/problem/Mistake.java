package xyz.graphyn.adapter.http.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param place in which part of the request
 * @param name where in that part: a JSON Pointer (RFC 6901) into the body, or a parameter's or header's name
 * @param code what kind, for programs, in kebab case
 * @param message what to do about it, for people; it never repeats the value
 */
public record Mistake(Place place, String name, String code, String message) {
    private static final int MAX_NAME = 256;

    /** Names come from the client: a long one is cut, lest a small request make a large answer. */
    public Mistake {
        name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
    }

    public enum Place {
        POINTER("pointer"),
        PARAMETER("parameter"),
        HEADER("header");

        private final String member;

        Place(String member) {
            this.member = member;
        }

        /** The member of a problem's {@code errors} that holds the name. */
        String member() {
            return member;
        }
    }

    public static Mistake atPointer(String pointer, String code, String message) {
        return new Mistake(Place.POINTER, pointer, code, message);
    }

    public static Mistake inParameter(String parameter, String code, String message) {
        return new Mistake(Place.PARAMETER, parameter, code, message);
    }

    public static Mistake inHeader(String header, String code, String message) {
        return new Mistake(Place.HEADER, header, code, message);
    }
}
