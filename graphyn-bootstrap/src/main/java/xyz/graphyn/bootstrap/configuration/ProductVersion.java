package xyz.graphyn.bootstrap.configuration;

import java.util.Optional;

/** The version that the jar says it has. */
public final class ProductVersion {
    private ProductVersion() {}

    /** {@code 1.2.3}, or {@code development} where the classes are in no jar. */
    public static String get() {
        return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
