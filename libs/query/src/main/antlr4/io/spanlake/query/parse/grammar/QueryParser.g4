/** SQL statements, and the values of BTQL's clauses; expressions are the same in both. */
parser grammar QueryParser;

options {
    tokenVocab = QueryLexer;
}

statement: with? compound SEMICOLON? EOF;

with: WITH namedQuery (COMMA namedQuery)*;
namedQuery: label AS OPEN compound CLOSE;

/** What stands behind the last query, ORDER BY and so on, is of all of them. */
compound: query (setOperator query)*;
setOperator: kind=(UNION | INTERSECT | EXCEPT) (DISTINCT | NAME)? (BY NAME)?;

query
    : SELECT DISTINCT? items
      FROM source middle*
      (ORDER BY sortKeys)?
      (limit | offset)*
      (SETTINGS setting (COMMA setting)*)?
    ;

middle
    : UNPIVOT OPEN value=label FOR key=label IN OPEN expression CLOSE CLOSE # sqlUnpivot
    | PIVOT OPEN pivotItem (COMMA pivotItem)* FOR expression IN OPEN ANY CLOSE CLOSE # sqlPivot
    | TABLESAMPLE NAME? sampleSize (REPEATABLE OPEN NUMBER CLOSE)? # sqlSample
    | WHERE expression # where
    | GROUP BY expressions # groupBy
    | HAVING expression # having
    ;

sampleSize: OPEN NUMBER (PERCENT | NAME)? CLOSE | NUMBER (PERCENT | NAME)?;
pivotItem: expression (AS label)?;
limit: LIMIT count;
offset: OFFSET (count | STRING | QUOTED);
count: NUMBER | parameter;
setting: label EQUAL (MINUS? NUMBER | STRING | QUOTED | TRUE | FALSE | label);

source: table join*;
join
    : (INNER | LEFT OUTER?)? JOIN table (ON expression | USING OPEN label (COMMA label)* CLOSE)
    | CROSS JOIN table
    ;
table
    : label OPEN (sourceArgument (COMMA sourceArgument)*)? CLOSE NAME? (AS label | NAME)?
    | OPEN compound CLOSE (AS label | NAME)?
    | label (AS label | NAME)?
    ;
sourceArgument: (label NAMED)? expression;

// Values of BTQL's clauses.
wholeItems: items EOF;
wholeExpression: WHERE? expression SEMICOLON? EOF;
wholeExpressions: (STAR | expressions) EOF;
wholeSource: source EOF;
wholeSortKeys: sortKeys EOF;
wholeUnpivots: unpivot (COMMA unpivot)* EOF;
wholeSample: NUMBER PERCENT? (NAME NUMBER)? EOF;
wholeCount: MINUS? count EOF;
wholeText: (STRING | QUOTED | NULL | parameter) EOF;
wholeNames: label (COMMA label)* EOF;

unpivot: expression AS (label | OPEN label (COMMA label)? CLOSE);

items: item (COMMA item)* COMMA?;
item
    : STAR (EXCEPT (OPEN label (COMMA label)* CLOSE | label))? (REPLACE OPEN pivotItem (COMMA pivotItem)* CLOSE)? # star
    | label DOT STAR # tableStar
    | expression (AS (label | STRING) | bareLabel)? # valueItem
    ;
sortKeys: sortKey (COMMA sortKey)* COMMA?;
sortKey: expression (ASC | DESC)? (NULLS (FIRST | LAST))?;

expressions: expression (COMMA expression)*;
expression: disjunction (QUESTION expression COLON expression)?;
disjunction: conjunction (OR conjunction)*;
conjunction: negation (AND negation)*;
negation: NOT negation | comparison;
comparison: sum predicate?;

predicate
    : operator=(EQUAL | UNEQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL | NULL_SAFE_EQUAL | NULL_SAFE_UNEQUAL
      | MATCHES | MATCHES_ANY_CASE | NOT_MATCHES | NOT_MATCHES_ANY_CASE) sum # compare
    | IS NOT? DISTINCT FROM sum # distinctFrom
    | IS NOT? (NULL | TRUE | FALSE) # is
    | (ISNULL | ISNOTNULL) # postfixNull
    | NOT? operator=(LIKE | ILIKE | MATCH | INCLUDES | CONTAINS) sum (ESCAPE STRING)? # words
    | NOT? IN (OPEN compound CLOSE | OPEN expressions? CLOSE | sum) # in
    | NOT? BETWEEN sum AND sum # between
    ;

sum: product ((PLUS | MINUS | CONCAT) product)*;
product: signed ((STAR | SLASH | PERCENT) signed)*;
signed: (MINUS | PLUS) signed | postfix;
postfix: primary suffix*;
suffix
    : STEP
    | DOT (label | NUMBER)
    | OPEN_ARRAY (MINUS? NUMBER | STRING | QUOTED) CLOSE_ARRAY
    | TYPE_OF type
    | (ARROW | ARROW_TEXT) (STRING | MINUS? NUMBER)
    ;
type: label (OPEN NUMBER (COMMA NUMBER)* CLOSE)?;

primary
    : NUMBER # number
    | STRING # string
    | (TRUE | FALSE | NULL) # constant
    | parameter # parameterValue
    | INTERVAL (MINUS? NUMBER | STRING) NAME? # interval
    | CASE expression? branch+ (ELSE expression)? END # cases
    | CAST OPEN expression AS type CLOSE # cast
    | EXTRACT OPEN label FROM expression CLOSE # extract
    | MATCH OPEN expressions CLOSE AGAINST OPEN expression CLOSE # matchAgainst
    | function OPEN (STAR | DISTINCT? expressions)? CLOSE (FILTER OPEN WHERE expression CLOSE)? # call
    | OPEN expression CLOSE # parenthesized
    | OPEN compound CLOSE # scalarQuery
    | OPEN_ARRAY expressions? COMMA? CLOSE_ARRAY # array
    | OPEN_OBJECT (entry (COMMA entry)*)? COMMA? CLOSE_OBJECT # object
    | (word | QUOTED | BACKQUOTED) # name
    ;
branch: WHEN expression THEN expression;
entry: (label | STRING) COLON expression;
parameter: PLACEHOLDER | COLON NAME;

function: word | NOT | REPLACE | CONTAINS | INCLUDES | LIKE | MATCH | IS | IN | AND | OR | ISNULL | ISNOTNULL | ANY;

/** What can stand for a value without further ado. */
word: NAME | END | FIRST | LAST | ANY | FOR | ASC | DESC | NULLS | ESCAPE | AGAINST | REPEATABLE | EXCEPT | REPLACE | FILTER | SETTINGS
    | INTERVAL | GROUP | ORDER | LIMIT | OFFSET | CONTAINS | INCLUDES | EXTRACT | CAST | MATCH | JOIN | OVER
    | INNER | LEFT | RIGHT | FULL | CROSS | OUTER | ON | USING;

/** A label without AS. */
bareLabel: NAME | QUOTED | BACKQUOTED;

/** After AS and the like nothing is reserved. */
label
    : NAME | QUOTED | BACKQUOTED
    | SELECT | FROM | WHERE | GROUP | BY | HAVING | ORDER | LIMIT | OFFSET | SETTINGS | WITH | AS | DISTINCT | UNPIVOT | PIVOT
    | FOR | ANY | TABLESAMPLE | REPEATABLE | EXCEPT | REPLACE | ASC | DESC | NULLS | FIRST | LAST | AND | OR | NOT | IN | IS
    | ISNULL | ISNOTNULL | LIKE | ILIKE | MATCH | INCLUDES | CONTAINS | BETWEEN | ESCAPE | NULL | TRUE | FALSE | INTERVAL
    | CASE | WHEN | THEN | ELSE | END | CAST | EXTRACT | AGAINST | FILTER | JOIN | UNION | INTERSECT | OVER
    | INNER | LEFT | RIGHT | FULL | CROSS | OUTER | ON | USING
    ;
