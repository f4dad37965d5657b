/**
 * Words of SQL and BTQL. What a word means beyond its letters, such as a keyword that is used as a name, is decided by
 * TokenRules, which sees its neighbours.
 */
lexer grammar QueryLexer;

options {
    caseInsensitive = true;
    superClass = PathLexer;
}

// Given by TokenRules only: a question mark that stands for a parameter. No rule with a condition at its beginning: the lexer
// would begin anew, without what it remembers, at each word.
tokens {
    PLACEHOLDER
}

SELECT: 'select';
FROM: 'from';
WHERE: 'where';
GROUP: 'group';
BY: 'by';
HAVING: 'having';
ORDER: 'order';
LIMIT: 'limit';
OFFSET: 'offset';
SETTINGS: 'settings';
WITH: 'with';
AS: 'as';
DISTINCT: 'distinct';
UNPIVOT: 'unpivot';
PIVOT: 'pivot';
FOR: 'for';
ANY: 'any';
TABLESAMPLE: 'tablesample';
REPEATABLE: 'repeatable';
EXCEPT: 'except' | 'exclude';
REPLACE: 'replace';
ASC: 'asc';
DESC: 'desc';
NULLS: 'nulls';
FIRST: 'first';
LAST: 'last';
AND: 'and';
OR: 'or';
NOT: 'not';
IN: 'in';
IS: 'is';
ISNULL: 'isnull';
ISNOTNULL: 'isnotnull' | 'notnull';
LIKE: 'like';
ILIKE: 'ilike';
MATCH: 'match';
INCLUDES: 'includes';
CONTAINS: 'contains';
BETWEEN: 'between';
ESCAPE: 'escape';
NULL: 'null';
TRUE: 'true';
FALSE: 'false';
INTERVAL: 'interval';
CASE: 'case';
WHEN: 'when';
THEN: 'then';
ELSE: 'else';
END: 'end';
CAST: 'cast';
EXTRACT: 'extract';
AGAINST: 'against';
FILTER: 'filter';
JOIN: 'join';
INNER: 'inner';
LEFT: 'left';
RIGHT: 'right';
FULL: 'full';
CROSS: 'cross';
OUTER: 'outer';
ON: 'on';
USING: 'using';
UNION: 'union';
INTERSECT: 'intersect';
OVER: 'over';

/** A step of a path with its dot, where it follows something that has steps: any word, also a keyword or one with ~ $ @. */
STEP: '.' [\p{L}\p{N}_~$@]+ { afterPath() }?;

NUMBER: [0-9]+ ('.' [0-9]*)? EXPONENT? | '.' [0-9]+ EXPONENT?;
fragment EXPONENT: 'e' [+-]? [0-9]+;

STRING: '\'' ( '\'\'' | '\\' . | ~['\\] )* '\'';
QUOTED: '"' ( '""' | '\\' . | ~["\\] )* '"';
BACKQUOTED: '`' ~'`'* '`';
NAME: [\p{L}_] [\p{L}\p{N}\p{M}_]*;

NULL_SAFE_EQUAL: '<=>';
NULL_SAFE_UNEQUAL: '<!=>';
EQUAL: '=' | '==';
UNEQUAL: '!=' | '<>';
LESS_OR_EQUAL: '<=';
GREATER_OR_EQUAL: '>=';
LESS: '<';
GREATER: '>';
NOT_MATCHES_ANY_CASE: '!~*';
NOT_MATCHES: '!~';
MATCHES_ANY_CASE: '~*';
MATCHES: '~';
NAMED: '=>';
ARROW_TEXT: '->>';
ARROW: '->';
TYPE_OF: '::';
CONCAT: '||';
PIPE: '|';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
QUESTION: '?';
COLON: ':';
COMMA: ',';
DOT: '.';
SEMICOLON: ';';
OPEN: '(';
CLOSE: ')';
OPEN_ARRAY: '[';
CLOSE_ARRAY: ']';
OPEN_OBJECT: '{';
CLOSE_OBJECT: '}';

COMMENT: ('--' ~[\r\n]* | '/*' .*? '*/') -> skip;
SPACE: [\p{White_Space}\uFEFF]+ -> skip;
UNTERMINATED: ['"`];
OTHER: .;
