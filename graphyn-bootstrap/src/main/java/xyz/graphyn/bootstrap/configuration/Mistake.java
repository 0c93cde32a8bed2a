package xyz.graphyn.bootstrap.configuration;

/**
 * One thing that is wrong with the configuration.
 *
 * @param name the variable, or the file
 * @param what what is wrong with it, going on from the name; holds no secret
 * @param remedy what would be right
 */
public record Mistake(String name, String what, String remedy) {
    @Override
    public String toString() {
        return name + " " + what + " " + remedy;
    }
}
