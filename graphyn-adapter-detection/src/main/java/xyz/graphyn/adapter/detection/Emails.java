package xyz.graphyn.adapter.detection;

import java.util.Set;
import org.apache.commons.validator.routines.DomainValidator;
import xyz.graphyn.domain.masking.Kind;

/** Addresses as people write them (RFC 5321, without quoted parts; RFC 6531, with any letters). */
final class Emails implements Rule {
    private static final int MAX_LOCAL = 64;
    private static final int MAX_DOMAIN = 255;
    private static final DomainValidator DOMAINS = DomainValidator.getInstance();

    /** Not in the list of top-level domains, but in mail on many sites (RFC 2606, RFC 6762, and by custom). */
    private static final Set<String> LOCAL_ZONES = Set.of(
            "local",
            "localhost",
            "localdomain",
            "internal",
            "intranet",
            "lan",
            "corp",
            "home",
            "private",
            "test",
            "example",
            "invalid");

    @Override
    public int needs() {
        return Scan.AT | Scan.DOT;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = local(scan, at);
            int end = start < at ? domain(scan, at + 1) : -1;
            if (end > 0 && !text.startsWith("git@", start) && !isPassword(scan, start)) {
                scan.hit(start, end, Kind.EMAIL, "email", 60);
            }
        }
    }

    private static int local(Scan scan, int at) {
        int start = at;
        while (at - start < MAX_LOCAL && isLocal(scan.at(start - 1))) {
            start--;
        }
        scan.worked(at - start);
        while (start < at && !Character.isLetterOrDigit(scan.at(start)) && scan.at(start) != '_') {
            start++;
        }
        return scan.at(at - 1) == '.' ? at : start;
    }

    /** What stands before the host in {@code https://name:password@example.com}. */
    private static boolean isPassword(Scan scan, int start) {
        if (scan.at(start - 1) != ':') {
            return false;
        }
        int at = start - 1;
        while (start - at < MAX_LOCAL && scan.at(at) > ' ' && scan.at(at) != '/') {
            at--;
        }
        scan.worked(start - at);
        return scan.at(at) == '/' && scan.at(at - 1) == '/';
    }

    private static boolean isLocal(char c) {
        return Scan.isAlphanumeric(c)
                || "._%+-'!#&*=?^{}~".indexOf(c) >= 0
                || (c > 127 && Character.isLetterOrDigit(c));
    }

    /** Where the domain ends, or -1. */
    private static int domain(Scan scan, int from) {
        int end = from;
        while (end - from < MAX_DOMAIN && isDomain(scan.at(end))) {
            end++;
        }
        scan.worked(end - from);
        while (end > from && !Character.isLetterOrDigit(scan.at(end - 1))) {
            end--;
        }
        String domain = scan.text.substring(from, end);
        while (true) {
            int dot = domain.lastIndexOf('.');
            if (dot <= 0 || domain.startsWith(".") || domain.startsWith("-") || domain.contains("..")) {
                return -1;
            }
            if (isZone(domain.substring(dot + 1))) {
                return from + domain.length();
            }
            // A sentence may go on right behind the address: "a@example.com.Then".
            if (!Character.isUpperCase(domain.charAt(dot + 1))
                    || !isZone(domain.substring(domain.lastIndexOf('.', dot - 1) + 1, dot))) {
                return -1;
            }
            domain = domain.substring(0, dot);
        }
    }

    private static boolean isDomain(char c) {
        return Scan.isAlphanumeric(c) || c == '.' || c == '-' || (c > 127 && Character.isLetterOrDigit(c));
    }

    private static boolean isZone(String label) {
        if (label.length() < 2 || Scan.isDigit(label.charAt(0))) {
            return false;
        }
        return LOCAL_ZONES.contains(label.toLowerCase(java.util.Locale.ROOT)) || DOMAINS.isValidTld(label);
    }
}
