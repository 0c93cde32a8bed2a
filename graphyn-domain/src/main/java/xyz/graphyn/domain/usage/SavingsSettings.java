package xyz.graphyn.domain.usage;

import xyz.graphyn.domain.validation.Checks;

/**
 * What an organization has decided about its meter.
 *
 * @param windowMessages how many of the latest messages it would send if it had no memory, 1 to
 *     {@value #MAX_WINDOW_MESSAGES}: what savings against the window are measured against
 */
public record SavingsSettings(int windowMessages) {
    public static final int MAX_WINDOW_MESSAGES = 1_000;

    /** What holds until an organization says otherwise. */
    public static final SavingsSettings DEFAULT = new SavingsSettings(20);

    /** @throws xyz.graphyn.domain.validation.Invalid if it is out of bounds */
    public SavingsSettings {
        new Checks()
                .within("/windowMessages", windowMessages, 1, MAX_WINDOW_MESSAGES)
                .orThrow();
    }
}
