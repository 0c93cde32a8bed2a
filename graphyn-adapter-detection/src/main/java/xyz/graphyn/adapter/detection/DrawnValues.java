package xyz.graphyn.adapter.detection;

import java.util.Locale;
import java.util.Set;

/** Which values look drawn by lot: by how often their characters occur, by their length, and by what else they could be. */
final class DrawnValues {
    private static final Set<String> ENDINGS = Set.of(
            "com",
            "org",
            "net",
            "io",
            "dev",
            "ai",
            "app",
            "local",
            "internal",
            "json",
            "yaml",
            "yml",
            "xml",
            "pem",
            "cer",
            "crt",
            "p12",
            "key",
            "pub",
            "txt",
            "py",
            "js",
            "ts",
            "go",
            "rs",
            "java",
            "kt",
            "rb",
            "php",
            "html",
            "css",
            "md",
            "csv",
            "sh",
            "tf",
            "keytab",
            "jks",
            "cfg",
            "conf",
            "ini",
            "toml",
            "log",
            "png",
            "jpg",
            "svg",
            "pdf",
            "zip",
            "gz",
            "jar",
            "snapshot");

    private DrawnValues() {}

    /** @param named whether a word says that it is a secret */
    static boolean looksDrawn(String value, int min, boolean named) {
        int length = value.length();
        if (length < min || isPlace(value)) {
            return false;
        }
        int digits = 0;
        int upper = 0;
        int lower = 0;
        boolean hex = true;
        for (int i = 0; i < Math.min(length, 256); i++) {
            char c = value.charAt(i);
            digits += Scan.isDigit(c) ? 1 : 0;
            upper += c >= 'A' && c <= 'Z' ? 1 : 0;
            lower += c >= 'a' && c <= 'z' ? 1 : 0;
            hex &= Scan.isHex(c) || c == '-';
        }
        double entropy = Randomness.entropy(value, 0, length);
        if (upper + lower == 0) {
            return named && digits >= 16 && entropy > 2;
        }
        if (hex && digits > 0) {
            return length >= (named ? 8 : 20) && entropy > 2.2 && (named || !isDate(value));
        }
        if (digits == 0) {
            boolean mixed = upper > 1 && lower > 1;
            double least = named && length >= 24 ? 2.5 : 3.4;
            return length >= (mixed ? 16 : 20) && entropy > least && !Randomness.isWordy(value);
        }
        return entropy > (length < 12 ? 2.6 : 2.8) && (digits >= 2 || length >= 16) && !Randomness.isWordy(value);
    }

    private static boolean isDate(String value) {
        return value.length() < 30 && (value.startsWith("20") || value.startsWith("19")) && value.indexOf('-') == 4;
    }

    /** A path, a host, a file, a variable or a version. */
    private static boolean isPlace(String value) {
        if (value.startsWith("/") && value.indexOf('=') < 0 && value.indexOf('+') < 0) {
            return true;
        }
        int slash = value.indexOf('/');
        int zone = value.lastIndexOf('.', Math.max(0, slash)) + 1;
        if (zone > 1 && slash - zone <= 6 && span(value, zone) == slash - zone) {
            return true;
        }
        int dot = value.lastIndexOf('.');
        if (dot > 0 && value.length() - dot <= 7 && dot < value.length() - 1) {
            String ending = value.substring(dot + 1).toLowerCase(Locale.ROOT);
            if (ENDINGS.contains(ending)) {
                return true;
            }
        }
        return value.indexOf('.') > 0 && value.chars().filter(c -> c == '.').count() >= 3 && value.length() < 40;
    }

    private static int span(String value, int start) {
        int at = start;
        while (at < value.length() && value.charAt(at) >= 'a' && value.charAt(at) <= 'z') {
            at++;
        }
        return at - start;
    }
}
