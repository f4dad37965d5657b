/** The grammars; all but the base of the lexer is made by ANTLR. Nobody but {@code parse} looks in here. */
package io.spanlake.query.parse.grammar;
