package xyz.graphyn.domain.masking;

/**
 * Names the rules that searched a text: those that are built in, and those of the organization. A text that was searched by
 * others than today's is searched again before anybody below {@code raw} sees it.
 *
 * @param value 0 if no rules searched it
 */
public record RulesVersion(long value) {
    /** Of texts that nobody has searched. */
    public static final RulesVersion NONE = new RulesVersion(0);

    /**
     * @param builtIn from 1; goes up with every release that finds other things
     * @param revision of the organization's own rules, from 0; goes up with every change of them
     */
    public static RulesVersion of(int builtIn, int revision) {
        return new RulesVersion(((long) builtIn << 32) | revision);
    }
}
