package xyz.graphyn.domain.masking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Tells where findings in the text of a JSON document are, as a path and places in the value. */
final class Locating implements JsonTokens.Visitor {
    private static final class Container {
        final boolean array;
        final int length;
        int index = -1;

        Container(boolean array, int length) {
            this.array = array;
            this.length = length;
        }
    }

    private final Source json;
    private final List<Finding> findings;
    private final List<Located> located;
    private final Deque<Container> containers = new ArrayDeque<>();
    private final StringBuilder path = new StringBuilder();
    private int next;

    private Locating(String json, List<Finding> findings) {
        this.json = Source.whole(json);
        this.findings = findings;
        located = new ArrayList<>(findings.size());
    }

    static List<Located> locate(String json, List<Finding> findings) {
        Locating locating = new Locating(json, findings);
        JsonTokens.walk(json, locating);
        return locating.located;
    }

    @Override
    public void open(boolean array) {
        element();
        containers.push(new Container(array, path.length()));
    }

    @Override
    public void close() {
        path.setLength(containers.pop().length);
    }

    @Override
    public void name(int start, int end, boolean escaped) {
        path.setLength(containers.getFirst().length);
        String name = json.cut(start, end, escaped).text;
        path.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        tell(start, end, escaped, true);
    }

    @Override
    public void string(int start, int end, boolean escaped) {
        element();
        tell(start, end, escaped, false);
    }

    @Override
    public void number(int start, int end) {
        element();
        tell(start, end, false, false);
    }

    @Override
    public void literal() {
        element();
    }

    private void element() {
        Container around = containers.peek();
        if (around != null && around.array) {
            path.setLength(around.length);
            path.append('/').append(++around.index);
        }
    }

    private void tell(int start, int end, boolean escaped, boolean inName) {
        if (next == findings.size() || findings.get(next).start() >= end) {
            return;
        }
        Source value = json.cut(start, end, escaped);
        int unit = 0;
        int point = 0;
        while (next < findings.size() && findings.get(next).start() < end) {
            Finding finding = findings.get(next++);
            while (value.place(unit) < finding.start()) {
                unit += Character.charCount(value.text.codePointAt(unit));
                point++;
            }
            int from = point;
            while (unit < value.text.length() && value.place(unit) < finding.end()) {
                unit += Character.charCount(value.text.codePointAt(unit));
                point++;
            }
            located.add(new Located(path.toString(), inName, from, point, finding.kind(), finding.rule()));
        }
    }
}
