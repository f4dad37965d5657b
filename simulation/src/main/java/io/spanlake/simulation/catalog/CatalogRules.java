package io.spanlake.simulation.catalog;

import java.util.function.Function;

/**
 * Who keeps the rules of the tables.
 *
 * @param log    the compare-and-set of flushes
 * @param cuts   that of cuts
 * @param swaps  the checks of swaps
 * @param sweeps the marks of the sweeper
 */
record CatalogRules(
        Function<Tables, LogModel> log,
        Function<Tables, CutModel> cuts,
        Function<Tables, SwapModel> swaps,
        Function<Tables, SweepModel> sweeps) {
    static final CatalogRules SOUND = new CatalogRules(LogModel::new, CutModel::new, SwapModel::new, SweepModel::new);
}
