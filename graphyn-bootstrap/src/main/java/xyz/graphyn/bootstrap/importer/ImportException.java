package xyz.graphyn.bootstrap.importer;

/** An import stopped. The message is for people and says where, and whether anything of it may have been recorded. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;

    public ImportException(String message) {
        super(message);
    }
}
