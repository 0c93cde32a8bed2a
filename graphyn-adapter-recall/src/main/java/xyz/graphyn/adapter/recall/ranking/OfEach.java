package xyz.graphyn.adapter.recall.ranking;

/** A signal that says the same of a node whatever is asked. It is computed once for all questions. */
record OfEach(String name, Trait trait) implements Signal<Question> {
    /** What is read off a node by itself. */
    @FunctionalInterface
    interface Trait {
        float at(Audience audience, int place);
    }

    @Override
    public float[] of(Question question) {
        return question.audience().derived("each " + name, this::all);
    }

    private float[] all(Audience audience) {
        float[] all = new float[audience.memory().size()];
        for (int place = 0; place < all.length; place++) {
            if (audience.isVisible(place)) {
                all[place] = trait.at(audience, place);
            }
        }
        return all;
    }
}
