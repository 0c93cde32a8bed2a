package xyz.graphyn.adapter.detection;

import java.util.List;
import java.util.stream.IntStream;
import xyz.graphyn.domain.masking.Kind;

/**
 * National numbers of people and companies that are digits and have a check digit. One in ten numbers drawn by lot passes a
 * check digit, so most of these are taken for what they are only next to words that name them, in the groups in which they are
 * written, or where they are all there is; those that hold a date of birth or two check digits need none of it.
 */
final class NationalNumbers implements NumberCheck {
    /** Named in every document that has one, so a mistyped one is known, too. */
    private static final Kind NPI = new Kind("US_NPI");

    private static final int MIN = 9;
    private static final int MAX = 15;
    private static final int SURE = 50;
    private static final int UNSURE = 48;
    private static final int GUESS = 15;

    private static final List<List<NationalNumber>> BY_DIGITS = IntStream.rangeClosed(0, MAX)
            .mapToObj(digits -> NationalNumber.ALL.stream()
                    .filter(national -> national.digits() == digits)
                    .toList())
            .toList();

    @Override
    public int check(NumberRun run) {
        int end = 0;
        for (int groups = Math.min(run.groups(), 7); groups > 0; groups--) {
            int digits = run.digits(groups);
            if (digits < MIN || digits > MAX || !run.standsAlone(groups)) {
                continue;
            }
            String number = null;
            for (NationalNumber national : BY_DIGITS.get(digits)) {
                boolean written = groups > 1 && isWritten(run, groups, national.layout());
                if (groups > 1 && !written) {
                    continue;
                }
                number = number == null ? run.number(groups) : number;
                boolean passes = national.check().test(number);
                boolean found = passes
                        ? national.sure() || isNamed(run, groups, written, national)
                        : national.kind().equals(NPI) && national.names().near(run.scan, run.start());
                if (found) {
                    run.scan.hit(
                            run.start(),
                            run.end(groups),
                            national.kind(),
                            "national-number",
                            weight(run, written, national));
                    end = Math.max(end, run.end(groups));
                }
            }
        }
        return end;
    }

    /** What is a number of this sort by its check digit alone may as well be a phone's. */
    private static int weight(NumberRun run, boolean written, NationalNumber national) {
        return national.sure() ? SURE : written || national.names().near(run.scan, run.start()) ? UNSURE : GUESS;
    }

    private static boolean isNamed(NumberRun run, int groups, boolean written, NationalNumber national) {
        Scan scan = run.scan;
        boolean whole = !scan.number && run.start() <= 1 && scan.text.length() - run.end(groups) <= 1;
        boolean ownMarks =
                written && groups > 1 && !(groups == 3 && run.joint() == ' ' && national.digits() < 10) && groups > 2;
        return whole || ownMarks || national.names().near(scan, run.start());
    }

    private static boolean isWritten(NumberRun run, int groups, List<Integer> layout) {
        if (groups != layout.size()) {
            return false;
        }
        for (int i = 0; i < groups; i++) {
            if (run.length(i) != layout.get(i)) {
                return false;
            }
        }
        return true;
    }
}
