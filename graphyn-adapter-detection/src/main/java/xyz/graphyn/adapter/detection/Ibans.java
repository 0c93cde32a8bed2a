package xyz.graphyn.adapter.detection;

import org.apache.commons.validator.routines.IBANValidator;
import xyz.graphyn.domain.masking.Kind;

/** International bank account numbers (ISO 13616): the country's length and structure, and the check by modulo 97. */
final class Ibans implements Rule {
    private static final IBANValidator VALIDATOR = IBANValidator.getInstance();
    private static final int MAX_LENGTH = 34;

    @Override
    public int needs() {
        return Scan.LETTER | Scan.DIGITS;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        // The second check digit is looked for, every other place: most places are passed over after one look.
        for (int i = 3; i < text.length(); i++) {
            if (Scan.isDigit(text.charAt(i))
                    && Scan.isDigit(text.charAt(i - 1))
                    && Scan.isLetter(text.charAt(i - 2))
                    && Scan.isLetter(text.charAt(i - 3))
                    && !Scan.isAlphanumeric(scan.at(i - 4))) {
                check(scan, i - 3);
            }
        }
    }

    private static void check(Scan scan, int start) {
        String country = upper(scan.text.substring(start, start + 2));
        IBANValidator.Validator validator = VALIDATOR.getValidator(country);
        if (validator == null) {
            return;
        }
        int length = validator.getIbanLength();
        StringBuilder iban = new StringBuilder(MAX_LENGTH);
        int at = start;
        while (iban.length() < length) {
            char c = scan.at(at);
            if (Scan.isAlphanumeric(c)) {
                iban.append(c);
            } else if ((c != ' ' && c != '-' && c != '\u00a0') || !Scan.isAlphanumeric(scan.at(at + 1))) {
                return;
            }
            at++;
        }
        scan.worked(at - start);
        boolean ends = !Scan.isAlphanumeric(scan.at(at)) && scan.at(at) != '_';
        String written = iban.toString();
        boolean oneCase = written.equals(upper(written)) || written.equals(written.toLowerCase(java.util.Locale.ROOT));
        if (ends && oneCase && VALIDATOR.isValid(upper(written))) {
            scan.hit(start, at, Kind.IBAN, "iban", 66);
        }
    }

    private static String upper(String text) {
        return text.toUpperCase(java.util.Locale.ROOT);
    }
}
