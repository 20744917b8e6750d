package io.spinnaker.stats.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.spinnaker.kork.proto.stats.Application;
import com.netflix.spinnaker.kork.proto.stats.CloudProvider;
import com.netflix.spinnaker.kork.proto.stats.DeploymentMethod;
import com.netflix.spinnaker.kork.proto.stats.Execution;
import com.netflix.spinnaker.kork.proto.stats.SpinnakerInstance;
import com.netflix.spinnaker.kork.proto.stats.Stage;
import io.spinnaker.stats.contract.JsonForm;
import io.spinnaker.stats.contract.SentEvents;
import io.spinnaker.stats.contract.StoredText;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of the reader over random events and documents. */
class EventReaderPropertyTest {

    private final EventReader reader = new EventReader();

    @ParameterizedTest
    @EnumSource
    void readsEveryEventAsItWasSent(JsonForm form) throws Exception {
        for (com.netflix.spinnaker.kork.proto.stats.Event sent :
                SentEvents.stream(1_000).toList()) {
            assertThat(reader.read(form.body(sent)))
                    .isEqualTo(new Event(
                            instance(sent.getSpinnakerInstance()),
                            application(sent.getApplication()),
                            sent.hasExecution() ? execution(sent.getExecution()) : null));
        }
    }

    @Test
    void readsOrRejectsEveryDocument() throws Exception {
        Map<ReaderInvariants.Outcome, Integer> outcomes = new EnumMap<>(ReaderInvariants.Outcome.class);
        for (String document : EventDocuments.stream(5_000).toList()) {
            outcomes.merge(ReaderInvariants.read(document.getBytes(StandardCharsets.UTF_8)), 1, Integer::sum);
        }
        assertThat(outcomes)
                .as("each outcome is covered")
                .hasSize(3)
                .allSatisfy(
                        (outcome, count) -> assertThat(count).as(outcome.name()).isGreaterThan(50));
    }

    private static Event.SpinnakerInstance instance(SpinnakerInstance sent) {
        return new Event.SpinnakerInstance(
                sent.getId(),
                StoredText.of(sent.getVersion()),
                sent.hasDeploymentMethod() ? deploymentMethod(sent.getDeploymentMethod()) : null,
                name(sent.getEnvironment(), sent.getEnvironmentValue()),
                name(sent.getDeployedArtifacts(), sent.getDeployedArtifactsValue()),
                sent.getPipelineCount());
    }

    private static Event.DeploymentMethod deploymentMethod(DeploymentMethod sent) {
        return new Event.DeploymentMethod(name(sent.getType(), sent.getTypeValue()), StoredText.of(sent.getVersion()));
    }

    private static Event.Application application(Application sent) {
        return new Event.Application(sent.getId(), sent.getPipelineCount());
    }

    private static Event.Execution execution(Execution sent) {
        Execution.Trigger trigger = sent.getTrigger();
        return new Event.Execution(
                sent.getId(),
                name(sent.getType(), sent.getTypeValue()),
                sent.hasTrigger() ? new Event.Trigger(name(trigger.getType(), trigger.getTypeValue())) : null,
                sent.getStagesList().stream()
                        .map(EventReaderPropertyTest::stage)
                        .toList(),
                0,
                name(sent.getStatus(), sent.getStatusValue()));
    }

    private static Event.Stage stage(Stage sent) {
        return new Event.Stage(
                StoredText.of(sent.getType()),
                name(sent.getStatus(), sent.getStatusValue()),
                sent.hasCloudProvider() ? cloudProvider(sent.getCloudProvider()) : null);
    }

    private static Event.CloudProvider cloudProvider(CloudProvider sent) {
        return new Event.CloudProvider(name(sent.getId(), sent.getIdValue()), StoredText.of(sent.getVariant()));
    }

    /** A number without a name in log.proto is kept as a number. */
    private static String name(Enum<?> value, int number) {
        return value.name().equals("UNRECOGNIZED") ? String.valueOf(number) : value.name();
    }
}
