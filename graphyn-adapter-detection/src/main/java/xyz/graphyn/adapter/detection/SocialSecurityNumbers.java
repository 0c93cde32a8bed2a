package xyz.graphyn.adapter.detection;

import xyz.graphyn.domain.masking.Kind;

/**
 * Social security numbers of the United States. They have no check digit: in three groups of 3, 2 and 4 digits they are known by
 * their shape, as nine digits only next to words that name them.
 */
final class SocialSecurityNumbers implements NumberCheck {
    private static final Words NAMES =
            Words.of("ssn", "ssns", "social security", "socialsecurity", "social-security", "ss#", "itin");

    @Override
    public int check(NumberRun run) {
        if (run.groups() >= 3
                && run.length(0) == 3
                && run.length(1) == 2
                && run.length(2) == 4
                && run.evenlyJoined(3)
                && (run.joint() == '-' || run.joint() == ' ' || run.joint() == '.')
                && run.standsAlone(3)
                && !isPartOfMore(run)
                && isIssued(run)
                && (run.joint() == '-' || NAMES.near(run.scan, run.start()) || isWhole(run))) {
            return hit(run, 3, "us-ssn");
        }
        if (run.digits(1) == 9 && run.standsAlone(1) && isIssued(run) && NAMES.near(run.scan, run.start())) {
            return hit(run, 1, "us-ssn-in-context");
        }
        return 0;
    }

    private static int hit(NumberRun run, int groups, String rule) {
        run.scan.hit(run.start(), run.end(groups), Kind.US_SSN, rule, 50);
        return run.end(groups);
    }

    private static boolean isPartOfMore(NumberRun run) {
        boolean before = scanIsDigit(run, run.start() - 2) && run.scan.at(run.start() - 1) == run.joint();
        boolean after = run.groups() > 3 && run.scan.at(run.end(3)) == run.joint() && run.joint() != ' ';
        return before || after;
    }

    private static boolean isWhole(NumberRun run) {
        return run.scan.text.length() - (run.end(3) - run.start()) <= 2;
    }

    private static boolean scanIsDigit(NumberRun run, int at) {
        return Scan.isDigit(run.scan.at(at));
    }

    /** Areas 000, 666 and from 900, group 00 and serial 0000 were never given out; 9xx are taxpayers' numbers by group. */
    private static boolean isIssued(NumberRun run) {
        int area = number(run, 0, 3);
        int group = number(run, 3, 5);
        int serial = number(run, 5, 9);
        boolean taxpayer = area >= 900 && group >= 50 && group != 89 && group != 93;
        return area != 0
                && area != 666
                && (area < 900 || taxpayer)
                && group != 0
                && serial != 0
                && !(area == 78 && group == 5 && serial == 1120)
                && !(area == 219 && group == 9 && serial == 9999);
    }

    private static int number(NumberRun run, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + run.digit(i) - '0';
        }
        return number;
    }
}
