package io.spanlake.catalog;

/**
 * What a stage says it did does not add up with what the catalog knows of its inputs and outputs. Nothing was committed.
 * It is a bug or corruption, never a race: stop the partition or object and tell someone.
 */
public final class UnbalancedException extends CatalogException {
    private static final long serialVersionUID = 1L;

    public UnbalancedException(String message) {
        super(message);
    }
}
