package xyz.graphyn.domain.masking;

/**
 * Walks over the tokens of a JSON text, without recursion and without building anything, in time linear in its length. It
 * checks the structure (RFC 8259), so that of a text which is not JSON nothing is taken for it.
 */
final class JsonTokens {
    /** Hears of the tokens, in order. */
    interface Visitor {
        void open(boolean array);

        void close();

        /** A member's name, without its quotes. */
        void name(int start, int end, boolean escaped);

        /** A string that is a value, without its quotes. */
        void string(int start, int end, boolean escaped);

        void number(int start, int end);

        void literal();
    }

    private static final Visitor DEAF = new Visitor() {
        @Override
        public void open(boolean array) {}

        @Override
        public void close() {}

        @Override
        public void name(int start, int end, boolean escaped) {}

        @Override
        public void string(int start, int end, boolean escaped) {}

        @Override
        public void number(int start, int end) {}

        @Override
        public void literal() {}
    };

    private enum Expect {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COMMA_OR_END,
        NOTHING
    }

    private final String text;
    private final Visitor visitor;
    private final java.util.BitSet arrays = new java.util.BitSet();
    private int depth;
    private int at;

    private JsonTokens(String text, Visitor visitor) {
        this.text = text;
        this.visitor = visitor;
    }

    /** Whether the text is an object or an array, and nothing else. */
    static boolean isDocument(String text) {
        int first = skipSpace(text, 0);
        if (first == text.length() || (text.charAt(first) != '{' && text.charAt(first) != '[')) {
            return false;
        }
        int last = text.length() - 1;
        while (isSpace(text.charAt(last))) {
            last--;
        }
        char end = text.charAt(last);
        return (end == '}' || end == ']') && new JsonTokens(text, DEAF).run();
    }

    /** Tells the visitor each token; false where the text stops being JSON, after telling what came before. */
    static boolean walk(String text, Visitor visitor) {
        return new JsonTokens(text, visitor).run();
    }

    private boolean run() {
        Expect expect = Expect.VALUE;
        while (true) {
            at = skipSpace(text, at);
            if (at == text.length()) {
                return expect == Expect.NOTHING;
            }
            char c = text.charAt(at);
            switch (expect) {
                case NOTHING -> {
                    return false;
                }
                case NAME, NAME_OR_END -> {
                    if (c == '}' && expect == Expect.NAME_OR_END) {
                        expect = close();
                    } else if (c == '"' && name()) {
                        expect = Expect.VALUE;
                    } else {
                        return false;
                    }
                }
                case COMMA_OR_END -> {
                    boolean array = arrays.get(depth - 1);
                    if (c == ',') {
                        at++;
                        expect = array ? Expect.VALUE : Expect.NAME;
                    } else if (c == (array ? ']' : '}')) {
                        expect = close();
                    } else {
                        return false;
                    }
                }
                case VALUE, VALUE_OR_END -> {
                    if (c == '{' || c == '[') {
                        arrays.set(depth++, c == '[');
                        visitor.open(c == '[');
                        at++;
                        expect = c == '[' ? Expect.VALUE_OR_END : Expect.NAME_OR_END;
                    } else if (c == ']' && expect == Expect.VALUE_OR_END) {
                        expect = close();
                    } else if (scalar(c)) {
                        expect = depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
                    } else {
                        return false;
                    }
                }
            }
        }
    }

    private Expect close() {
        at++;
        depth--;
        visitor.close();
        return depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
    }

    private boolean name() {
        int start = at + 1;
        int end = endOfString(start);
        if (end < 0) {
            return false;
        }
        visitor.name(start, end & ~ESCAPED, (end & ESCAPED) != 0);
        at = skipSpace(text, at);
        if (at == text.length() || text.charAt(at) != ':') {
            return false;
        }
        at++;
        return true;
    }

    private boolean scalar(char c) {
        if (c == '"') {
            int start = at + 1;
            int end = endOfString(start);
            if (end < 0) {
                return false;
            }
            visitor.string(start, end & ~ESCAPED, (end & ESCAPED) != 0);
            return true;
        }
        int start = at;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (c == '-' || (c >= '0' && c <= '9')) {
            visitor.number(start, at);
            return true;
        }
        String word = at - start <= 5 ? text.substring(start, at) : "";
        if (word.equals("true") || word.equals("false") || word.equals("null")) {
            visitor.literal();
            return true;
        }
        return false;
    }

    private static final int ESCAPED = 1 << 30;

    /** Where the string ends, with {@link #ESCAPED} set if it holds escapes, having moved behind its quote; or -1. */
    private int endOfString(int start) {
        int flag = 0;
        int i = start;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return i | flag;
            }
            if (c == '\\') {
                flag = ESCAPED;
                i++;
            } else if (c < ' ') {
                return -1;
            }
            i++;
        }
        return -1;
    }

    private static boolean isPlain(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
