package io.spanlake.query.bind;

/** How a name or a function is taken, which depends on the clause. */
record Mode(String clause, boolean aliasesFirst, boolean quotedAreNames, boolean aggregates) {
    static final Mode FILTER = new Mode("a filter", false, false, false);
    static final Mode KEY = new Mode("a grouping key", false, true, false);
    static final Mode OUTPUT = new Mode("an output", false, true, true);
    static final Mode SORT = new Mode("a sort", true, true, true);
    static final Mode HAVING = new Mode("a final filter", true, false, true);
    static final Mode ARGUMENT = new Mode("an aggregate", false, false, false);
}
