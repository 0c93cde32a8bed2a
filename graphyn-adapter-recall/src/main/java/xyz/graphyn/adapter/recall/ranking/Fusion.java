package xyz.graphyn.adapter.recall.ranking;

/** Adds up signals. */
final class Fusion {
    private static final double ALL_ALIKE = 1e-9;

    private Fusion() {}

    /**
     * Turns scores into weighted standard scores, in place: 0 is the mean of what may be found, and what is not known counts as
     * that. A signal that says the same of all says nothing.
     */
    static void standardize(float[] scores, Question question, float weight) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int place = 0; place < scores.length; place++) {
            float score = scores[place];
            if (question.isVisible(place) && !Float.isNaN(score)) {
                sum += score;
                squares += (double) score * score;
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double deviation = count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
        float factor = deviation < ALL_ALIKE ? 0 : (float) (weight / deviation);
        for (int place = 0; place < scores.length; place++) {
            float score = scores[place];
            scores[place] = Float.isNaN(score) || !question.isVisible(place) ? 0 : (float) ((score - mean) * factor);
        }
    }
}
