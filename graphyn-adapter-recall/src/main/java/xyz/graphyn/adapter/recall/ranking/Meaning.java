package xyz.graphyn.adapter.recall.ranking;

/** How near the best passage of the node is to the question, by the model of meaning. What has no vector yet counts as the mean. */
final class Meaning implements Signal<Nearness> {
    @Override
    public String name() {
        return "meaning";
    }

    @Override
    public float[] of(Nearness near) {
        float[] scores = near.ofPlaces().clone();
        double sum = 0;
        int known = 0;
        for (float score : scores) {
            if (!Float.isNaN(score)) {
                sum += score;
                known++;
            }
        }
        if (known == scores.length) {
            return scores;
        }
        float mean = known == 0 ? 0 : (float) (sum / known);
        for (int place = 0; place < scores.length; place++) {
            scores[place] = Float.isNaN(scores[place]) ? mean : scores[place];
        }
        return scores;
    }
}
