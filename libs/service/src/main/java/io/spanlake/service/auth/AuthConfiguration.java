package io.spanlake.service.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.spanlake.catalog.Directory;
import io.spanlake.service.errors.ErrorsConfiguration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Every request needs a key that the catalog knows, but those to the open paths. Nothing is kept between requests: no
 * session, no cookie, and so no CSRF to guard against.
 *
 * <p>Spring Security's chain costs about 25 µs a request more than a bare filter over the same cache (36 against 12, warm,
 * one core): a small part of a request's milliseconds, and it brings the headers and the way for other log-ins.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(AuthProperties.class)
@Import(ErrorsConfiguration.class)
public class AuthConfiguration {
    @Bean
    OpenPaths probesAndMetrics() {
        return OpenPaths.of("/livez", "/readyz", "/startupz", "/depz", "/actuator/health/**", "/actuator/prometheus");
    }

    /** The path carries its own proof: a signature over name and expiry, which the service checks. */
    @Bean
    OpenPaths signedUploads() {
        return OpenPaths.of("/logs3/overflow/upload/**");
    }

    /** A timer around each of its filters, a dozen a request, tells nothing that the request's own does not. */
    @Bean
    SecurityObservationSettings noTimersWithinSecurity() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    KeyAuthentication keyAuthentication(Directory directory, AuthProperties properties) {
        return new KeyAuthentication(directory, properties, Ticker.systemTicker());
    }

    @Bean
    ObjectAccess objectAccess(Directory directory, AuthProperties properties) {
        return new ObjectAccess(directory, properties, Ticker.systemTicker());
    }

    /** Row ids stand in paths and may be any text, so an encoded slash or percent sign is no attack here. */
    @Bean
    ServerWebExchangeFirewall anyPathIsData() {
        return ServerWebExchangeFirewall.INSECURE_NOOP;
    }

    /** Keys are the only way in; without this bean Spring would look for passwords. */
    @Bean
    ReactiveAuthenticationManager keyManager(KeyAuthentication keys) {
        return authentication -> authenticate(keys, authentication);
    }

    @Bean
    SecurityWebFilterChain keysOnEveryRequest(
            ServerHttpSecurity http, ReactiveAuthenticationManager keyManager, ObjectProvider<OpenPaths> openPaths) {
        var open = open(openPaths.orderedStream().toList());
        return http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(CsrfSpec::disable)
                .logout(LogoutSpec::disable)
                .requestCache(AuthConfiguration::remembersNothing)
                .headers(headers -> headers.contentSecurityPolicy(
                        csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((exchange, missing) -> refuse()))
                .addFilterAt(keyFilter(keyManager, open), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(
                        paths -> paths.matchers(open).permitAll().anyExchange().authenticated())
                .build();
    }

    private static AuthenticationWebFilter keyFilter(
            ReactiveAuthenticationManager keys, ServerWebExchangeMatcher open) {
        var filter = new AuthenticationWebFilter(keys);
        filter.setRequiresAuthenticationMatcher(exchange -> open.matches(exchange)
                .flatMap(found -> found.isMatch() ? MatchResult.notMatch() : MatchResult.match()));
        filter.setServerAuthenticationConverter(AuthConfiguration::keyOf);
        filter.setAuthenticationSuccessHandler(AuthConfiguration::goOn);
        return filter;
    }

    private static Mono<Authentication> keyOf(ServerWebExchange exchange) {
        var header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return Mono.justOrEmpty(BearerKeys.hashOf(header)).map(KeyToken::sent);
    }

    private static Mono<Authentication> authenticate(KeyAuthentication keys, Authentication sent) {
        return sent instanceof KeyToken token ? keys.callerOf(token.hash()).map(token::knownAs) : Mono.empty();
    }

    private static Mono<Void> goOn(WebFilterExchange filters, Authentication authentication) {
        var exchange = filters.getExchange();
        if (authentication.getPrincipal() instanceof Caller caller) {
            caller.attach(exchange);
        }
        return filters.getChain().filter(exchange);
    }

    private static Mono<Void> refuse() {
        return Mono.error(AuthProblems.noKey().refused());
    }

    private static void remembersNothing(RequestCacheSpec cache) {
        cache.requestCache(NoOpServerRequestCache.getInstance());
    }

    /** Spring's own matcher makes the text of a log line a pattern, twice a request, and throws it away. */
    private static ServerWebExchangeMatcher open(List<OpenPaths> paths) {
        var patterns = paths.stream()
                .flatMap(some -> some.patterns().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
        return exchange -> {
            var path = exchange.getRequest().getPath().pathWithinApplication();
            boolean isOpen = patterns.stream().anyMatch(pattern -> pattern.matches(path));
            return isOpen ? MatchResult.match() : MatchResult.notMatch();
        };
    }
}
