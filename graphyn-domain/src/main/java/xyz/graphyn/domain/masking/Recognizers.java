package xyz.graphyn.domain.masking;

/** Makes recognizers. The seam at which libraries come in, and at which another way of recognizing, such as a model, can. */
public interface Recognizers {
    /** Of the built-in rules, from 1: goes up with every release that finds other things. */
    int version();

    /**
     * A recognizer of the built-in rules and those of an organization. Making one may take milliseconds; whoever needs it often
     * keeps it.
     *
     * @throws xyz.graphyn.domain.validation.Invalid with every pattern and region that is none, its pointer relative to the
     *     rules, such as {@code /patterns/0/regex}
     */
    Recognizer with(DetectionRules rules);
}
