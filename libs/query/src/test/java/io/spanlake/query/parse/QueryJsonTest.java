package io.spanlake.query.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.ObjectValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryJsonTest {
    private final QueryTexts texts = new QueryTexts(QueryLimits.DEFAULT);
    private final QueryJson json = new QueryJson(texts, QueryLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'from':{'op':'function','name':{'op':'ident','name':['dataset']},'args':[{'op':'literal','value':'D'}]}}",
                "{'from':{'op':'function','name':['dataset'],'args':[{'op':'literal','value':'D'}]}}",
                "{'from':\"dataset('D')\"}"
            })
    void sourcesComeInThreeForms(String text) {
        var source = (Query.Source.Objects) query(text).from().orElseThrow();

        assertThat(source.function()).isEqualTo("dataset");
        assertThat(source.ids()).hasSize(1);
    }

    @Test
    void textStandsForAnExpression() {
        var query = query("{'filter':{'btql':'metadata.tier = 1'},'sort':[{'expr':{'btql':'created'},'dir':'desc'}],"
                + "'cursor':null,'limit':1000,'select':[{'op':'star'}],'sample':20}");

        assertThat(query.filter()).containsInstanceOf(Expr.Compare.class);
        assertThat(query.sort().getFirst().descending()).isTrue();
        assertThat(query.cursor()).isEmpty();
        assertThat(query.sample().orElseThrow().amount()).isEqualTo(20);
    }

    @Test
    void childrenMayBeMany() {
        var and = (Expr.And) query("{'filter':{'op':'and','children':["
                        + "{'op':'eq','left':{'op':'ident','name':['root_span_id']},'right':{'op':'literal','value':'x'}},"
                        + "{'op':'in','left':{'op':'ident','name':['type']},'right':{'op':'literal','value':['a','b']}},"
                        + "{'op':'or','children':[]}]}}")
                .filter()
                .orElseThrow();

        assertThat(and.operands()).hasSize(3);
        assertThat(((Expr.In) and.operands().get(1)).among()).hasSize(2);
    }

    @Test
    void keysThatMeanNothingAreNamed() {
        assertThatThrownBy(() -> query("{'flter':1}")).hasMessage("a query has no key flter; did you mean filter?");
        assertThatThrownBy(() -> query("{'filter':{'op':'eqq'}}")).hasMessageContaining("did you mean eq?");
        assertThatThrownBy(() -> query("{'filter':{'op':'eq'}}")).hasMessage("\"eq\" has no left");
    }

    @Test
    void depthIsBounded() {
        var deep = "{'op':'not','expr':".repeat(240) + "{'op':'literal','value':true}" + "}".repeat(240);

        assertThatThrownBy(() -> query("{'filter':" + deep + "}"))
                .hasMessageContaining("200 expressions inside each other");
    }

    private Query query(String text) {
        return json.query((ObjectValue) JsonValues.parse(text.replace('\'', '"').replace("(\"D\")", "('D')"))
                .orElseThrow());
    }
}
