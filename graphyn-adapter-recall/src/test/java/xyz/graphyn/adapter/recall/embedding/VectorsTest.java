package xyz.graphyn.adapter.recall.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorsTest {
    @Test
    void keepsCosinesWithinAPercent() {
        Random random = new Random(3);
        for (int dimensions : new int[] {64, 384, 1_536}) {
            for (int round = 0; round < 50; round++) {
                float[] one = new float[dimensions];
                float[] other = new float[dimensions];
                double product = 0;
                double squares = 0;
                double otherSquares = 0;
                for (int i = 0; i < dimensions; i++) {
                    one[i] = (float) random.nextGaussian() * 3;
                    other[i] = one[i] * round / 50 + (float) random.nextGaussian();
                    product += one[i] * other[i];
                    squares += one[i] * one[i];
                    otherSquares += other[i] * other[i];
                }
                assertEquals(
                        product / Math.sqrt(squares * otherSquares),
                        Vectors.similarity(Vectors.quantized(one), Vectors.quantized(other)),
                        0.01);
            }
        }
    }

    @Test
    void holdsWhatIsNoDirectionForUnlikeEverything() {
        byte[] some = Vectors.quantized(new float[] {1, 2, 3});
        assertArrayEquals(new byte[3], Vectors.quantized(new float[3]));
        assertArrayEquals(new byte[3], Vectors.quantized(new float[] {1, Float.NaN, 2}));
        assertEquals(0, Vectors.similarity(some, new byte[3]));
        assertEquals(0, Vectors.similarity(some, new byte[4]));
    }
}
