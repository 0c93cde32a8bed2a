package xyz.graphyn.adapter.detection;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import xyz.graphyn.domain.masking.Kind;

/**
 * Addresses of wallets: those with a checksum (Base58Check; Bech32 and Bech32m, BIP 173 and 350), and those of Ethereum, whose
 * checksum is optional, by their shape.
 */
final class Wallets implements Rule {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final String[] PARTS = {
        "bc1", "tb1", "ltc1", "addr1", "cosmos1", "osmo1", "bnb1", "inj1", "kava1", "terra1"
    };
    private static final int MIN = 25;
    private static final int MAX = 110;

    @Override
    public int needs() {
        return Scan.TOKEN | Scan.DIGIT | Scan.LETTER;
    }

    @Override
    public void search(Scan scan) {
        String text = scan.text;
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && Scan.isAlphanumeric(text.charAt(end))) {
                end++;
            }
            int length = end - at;
            if (length >= MIN && length <= MAX && isWallet(scan, at, end)) {
                scan.hit(at, end, Kind.CRYPTO_WALLET, "crypto-wallet", 64);
            }
            at = end + 1;
        }
    }

    private static boolean isWallet(Scan scan, int start, int end) {
        scan.worked(end - start);
        char first = scan.text.charAt(start);
        String word = scan.text.substring(start, end);
        if (first == '0') {
            return word.length() == 42
                    && word.charAt(1) == 'x'
                    && word.chars().skip(2).allMatch(c -> Scan.isHex((char) c))
                    && Randomness.entropy(word, 2, 42) > 2;
        }
        if (word.length() <= 36 && "13LMDTmn2".indexOf(first) >= 0) {
            return isBase58Check(word);
        }
        for (String part : PARTS) {
            if (word.regionMatches(true, 0, part, 0, part.length())) {
                return isBech32(word, part.length() - 1);
            }
        }
        return false;
    }

    private static boolean isBase58Check(String word) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < word.length(); i++) {
            int digit = BASE58.indexOf(word.charAt(i));
            if (digit < 0) {
                return false;
            }
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        byte[] number = value.toByteArray();
        byte[] bytes = new byte[25];
        int skip = number.length > 25 && number[0] == 0 ? 1 : 0;
        if (number.length - skip > 25) {
            return false;
        }
        System.arraycopy(number, skip, bytes, 25 - (number.length - skip), number.length - skip);
        byte[] sum = sha256(sha256(Arrays.copyOf(bytes, 21)));
        return Arrays.equals(bytes, 21, 25, sum, 0, 4);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isBech32(String word, int separator) {
        String lower = word.toLowerCase(java.util.Locale.ROOT);
        if (!word.equals(lower) && !word.equals(word.toUpperCase(java.util.Locale.ROOT))) {
            return false;
        }
        int sum = 1;
        for (int i = 0; i < separator; i++) {
            sum = step(sum) ^ (lower.charAt(i) >> 5);
        }
        sum = step(sum);
        for (int i = 0; i < separator; i++) {
            sum = step(sum) ^ (lower.charAt(i) & 31);
        }
        for (int i = separator + 1; i < lower.length(); i++) {
            int digit = BECH32.indexOf(lower.charAt(i));
            if (digit < 0) {
                return false;
            }
            sum = step(sum) ^ digit;
        }
        return sum == 1 || sum == 0x2bc830a3;
    }

    private static int step(int sum) {
        int top = sum >>> 25;
        int next = (sum & 0x1ffffff) << 5;
        for (int i = 0; i < 5; i++) {
            next ^= (top >> i & 1) != 0 ? GENERATOR[i] : 0;
        }
        return next;
    }
}
