package io.spanlake.model.row;

/** What stands at a path of a stored state. */
enum NodeForm {
    /** One write's value, which replaced. */
    REPLACES(0),
    /** One write's object, which merged. */
    MERGES(1),
    /** An object of several writes. */
    BRANCH(2);

    private final int code;

    NodeForm(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** @throws IllegalArgumentException where no form has this code */
    static NodeForm ofCode(int code) {
        for (var form : values()) {
            if (form.code == code) {
                return form;
            }
        }
        throw new IllegalArgumentException("no node has the form " + code);
    }
}
