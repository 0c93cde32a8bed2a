package xyz.graphyn.adapter.recall.embedding;

import org.apache.lucene.util.VectorUtil;

/**
 * Vectors of length 1 as bytes: a quarter of the memory, and sums of whole numbers, which come out the same on every machine.
 * One byte holds a component of up to eight times the usual size of one, which is what the local model
 * has in its largest; larger ones are cut.
 */
public final class Vectors {
    private static final double RANGE = 8;
    private static final int LARGEST = 127;

    private Vectors() {}

    /** @param vector of any length above 0; one that has none becomes zeros, which are like nothing */
    public static byte[] quantized(float[] vector) {
        double square = 0;
        for (float component : vector) {
            square += (double) component * component;
        }
        byte[] bytes = new byte[vector.length];
        if (square == 0 || !Double.isFinite(square)) {
            return bytes;
        }
        double factor = scale(vector.length) / Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(vector[i] * factor), -LARGEST, LARGEST);
        }
        return bytes;
    }

    /** Their cosine, but for rounding: about -1 to 1; 0 if they are of different models. */
    public static float similarity(byte[] one, byte[] other) {
        if (one.length != other.length) {
            return 0;
        }
        return (float) (VectorUtil.dotProduct(one, other) / squareOf(one.length));
    }

    /** What the product of a vector with itself is: two of them divided by it are their {@link #similarity}. */
    public static double squareOf(int dimensions) {
        double scale = scale(dimensions);
        return scale * scale;
    }

    /** The components of a vector of length 1 are about 1/√d each. */
    private static double scale(int dimensions) {
        return LARGEST * Math.sqrt(dimensions) / RANGE;
    }
}
