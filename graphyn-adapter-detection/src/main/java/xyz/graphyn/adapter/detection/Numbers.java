package xyz.graphyn.adapter.detection;

import java.util.List;

/** Numbers that are written as digits, together or in groups. */
final class Numbers implements Rule {
    private final List<NumberCheck> checks;

    Numbers(List<NumberCheck> checks) {
        this.checks = checks;
    }

    @Override
    public int needs() {
        return Scan.DIGITS;
    }

    @Override
    public void search(Scan scan) {
        NumberRun run = new NumberRun(scan);
        int at = 0;
        while (at < scan.text.length()) {
            if (!Scan.isDigit(scan.text.charAt(at))) {
                at++;
                continue;
            }
            int next = run.take(at);
            if (run.groups() > 0) {
                for (NumberCheck check : checks) {
                    next = Math.max(next, check.check(run));
                }
            }
            at = next;
        }
    }
}
