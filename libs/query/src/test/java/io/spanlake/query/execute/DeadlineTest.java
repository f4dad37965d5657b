package io.spanlake.query.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.TransactionId;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.QueryFaultException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class DeadlineTest {
    /** Gives no row, ever. */
    private static final class Endless implements RowView {
        final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public ObjectRef object() {
            return new ObjectRef(ObjectType.PROJECT_LOGS, "P");
        }

        @Override
        public Flux<SourceRow> scan(ScanRequest request) {
            return Flux.<SourceRow>never().doOnCancel(cancelled::countDown);
        }

        @Override
        public Optional<TransactionId> closed() {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from project_logs('P')",
                "select count(1) from project_logs('P') order by 1",
                "select id from project_logs('P', shape => 'summary')",
                "select id from dataset('D') where id in (select id from project_logs('P'))",
                "select a.id from project_logs('P') as a join project_logs('P') as b on a.id = b.id",
                "select id from dataset('D') union select id from dataset('E')"
            })
    void endsTheReadsToo(String query) throws InterruptedException {
        var view = new Endless();
        var context = new QueryContext(Lab.NOON, 0, PriceTable.defaults());
        var plan = new Binder(BindSettings.of(context)).bind(new Lab().parsed(query));
        var answer = new QueryEngine(Schedulers.immediate())
                .run(plan, _ -> Mono.just(List.of(view)), context, new EngineSettings(1 << 20, Duration.ofMillis(30)))
                .flatMapMany(QueryAnswer::rows);

        assertThatThrownBy(answer::blockLast)
                .isInstanceOf(QueryFaultException.class)
                .hasMessageContaining("longer than 30 ms");
        assertThat(view.cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
