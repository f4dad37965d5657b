package io.spanlake.model;

/** What an object is. The code is written into files and records and never changes its meaning. */
public enum ObjectType {
    PROJECT_LOGS(1, "project_logs", false),
    EXPERIMENT(2, "experiment", false),
    DATASET(3, "dataset", true),
    PLAYGROUND(4, "playground_logs", false),
    PROMPT(5, "prompt", true),
    FUNCTION(6, "function", true);

    private final int code;
    private final String text;
    private final boolean keepsVersions;

    ObjectType(int code, String text, boolean keepsVersions) {
        this.code = code;
        this.text = text;
        this.keepsVersions = keepsVersions;
    }

    /** The byte that stands for this type in files and records. */
    public int code() {
        return code;
    }

    /** The name in SQL, in URLs and in the catalog. */
    public String text() {
        return text;
    }

    /** Whether a superseded version of a row stays readable. */
    public boolean keepsVersions() {
        return keepsVersions;
    }

    /** @throws IllegalArgumentException where no type has this code */
    public static ObjectType ofCode(int code) {
        for (var type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no object type has the code " + code);
    }

    /** @throws IllegalArgumentException where no type has this name */
    public static ObjectType ofText(String text) {
        for (var type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no object type is called " + text);
    }
}
