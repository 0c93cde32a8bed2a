package xyz.graphyn.application.masking;

/**
 * Rows that were searched by earlier rules than their organization's present ones, or by none. They are found without reading
 * the others.
 */
public interface StaleRows {
    /**
     * Has some rows of one agent searched again, whatever its organization, and keeps what was found with them, each only if
     * its text is still the one that was searched. A step is bounded in rows and in text, and its work is kept: whoever goes
     * on, after a restart too, goes on behind it. Safe to call on several servers at once: each takes another agent, and takes
     * over after a minute what another was cut off from. Rows that later rules have searched are left alone, so that a server
     * of the release before undoes nothing.
     *
     * @param builtIn the version of the rules that are built in, from 1
     * @param detection is called outside of any transaction. If it searches by earlier rules than the present ones, as with
     *     settings that were read a while ago, nothing of the step is kept
     * @return whether there may be more to do at once
     */
    boolean searchAgain(int builtIn, RowDetection detection);
}
