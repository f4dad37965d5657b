package io.spanlake.controlplane;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.directory.DirectoryCopies;
import io.spanlake.catalog.work.Erasures;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.service.auth.ObjectAccess;
import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.http.BeforeRequests;
import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wires the control plane; it runs alone or beside other services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ControlPlaneProperties.class, FirstOrganization.class})
@Import({ServiceConfiguration.class, BlobConfiguration.class})
public class ControlPlaneConfiguration {
    @Bean
    DirectoryKeeping directoryKeeping(
            DirectoryCopies copies,
            BlobStore blobs,
            InstantSource clock,
            RandomGenerator chance,
            ControlPlaneProperties properties) {
        // Names have to be fresh, not secret; a secure source could block.
        var keeper = new DirectoryKeeper(copies, blobs, clock, new Random(chance.nextLong()));
        return new DirectoryKeeping(keeper, properties.copyEvery());
    }

    @Bean
    BeforeRequests firstRegistration(Directory directory, FirstOrganization first) {
        return new BeforeRequests(new FirstRegistration(directory, first));
    }

    @Bean
    RouterFunction<ServerResponse> controlPlaneRoutes(
            ControlPlaneProperties properties,
            Directory directory,
            Retentions retentions,
            Erasures erasures,
            ObjectAccess access,
            InstantSource clock) {
        var projects = new Projects(directory);
        return new ControlPlaneRoutes(
                        new Login(properties),
                        projects,
                        new ProjectRetention(projects, retentions),
                        new Experiments(projects, directory, access, clock),
                        new Datasets(projects, directory, clock),
                        new RowErasures(access, erasures))
                .routes();
    }
}
