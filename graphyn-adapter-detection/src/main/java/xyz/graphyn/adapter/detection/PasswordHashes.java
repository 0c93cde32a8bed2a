package xyz.graphyn.adapter.detection;

import xyz.graphyn.domain.masking.Kind;

/** Hashes of passwords as crypt(3) writes them: {@code $scheme$…$…}. */
final class PasswordHashes implements Rule {
    private static final int MIN = 22;
    private static final int MAX = 300;

    @Override
    public int needs() {
        return Scan.DOLLAR | Scan.DIGIT;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        int at = text.indexOf('$');
        while (at >= 0) {
            int end = at + 1;
            int parts = 1;
            while (end - at < MAX && (Scan.isAlphanumeric(scan.at(end)) || "./$=,-+".indexOf(scan.at(end)) >= 0)) {
                parts += scan.at(end) == '$' ? 1 : 0;
                end++;
            }
            scan.worked(end - at);
            int second = text.indexOf('$', at + 1, Math.max(at + 1, Math.min(end, at + 16)));
            if (parts >= 3 && second > 0 && end - at >= MIN && isScheme(text.substring(at + 1, second))) {
                scan.hit(at, end, Kind.SECRET, "password-hash", 68);
                at = text.indexOf('$', end);
            } else {
                at = text.indexOf('$', Math.max(at + 1, end - 1));
            }
        }
    }

    private static boolean isScheme(String scheme) {
        return switch (scheme) {
            case "1",
                    "2",
                    "2a",
                    "2b",
                    "2x",
                    "2y",
                    "3",
                    "5",
                    "6",
                    "7",
                    "8",
                    "9",
                    "y",
                    "gy",
                    "apr1",
                    "md5",
                    "sha1",
                    "argon2i",
                    "argon2d",
                    "argon2id",
                    "scrypt",
                    "pbkdf2",
                    "pbkdf2-sha256",
                    "pbkdf2-sha512",
                    "bcrypt-sha256",
                    "P",
                    "H",
                    "S" -> true;
            default -> false;
        };
    }
}
