package xyz.graphyn.adapter.detection;

import xyz.graphyn.domain.masking.Recognizers;

/** The front of this module. */
public final class Detection {
    private Detection() {}

    /** The recognizers that come with Graphyn. They hold nothing that needs closing. */
    public static Recognizers recognizers() {
        return new BuiltInRecognizers();
    }
}
