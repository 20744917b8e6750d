package io.spinnaker.stats.dev.demo;

import io.spinnaker.stats.event.Event.CloudProvider;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.Event.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pipeline of one instance: which stages it can have is drawn once, which it has moves with their trends. */
final class Pipeline {

    /** A stage type is in so many of the pipelines of an instance that uses it. */
    private static final double IN_PIPELINES = 0.5;

    private final List<Part> parts;

    /** A place for a stage; the instance's own number for such stages is in {@code who}. */
    private record Part(
            StageType type, double who, @Nullable Cloud cloud) {}

    /** Draws one for an instance that deploys there. */
    Pipeline(int instance, int place, Cloud cloud) {
        SeededRandom random = new SeededRandom(instance, cloud.id(), place);
        Function<StageType, Double> who = stage -> new SeededRandom(instance, stage.name()).share();
        this.parts = Stream.of(
                        FeatureCatalog.BUILDING.stream().map(stage -> new Part(stage, who.apply(stage), null)),
                        Stream.ofNullable(FeatureCatalog.OWN.get(instance)).map(stage -> new Part(stage, 0, null)),
                        cloud.stages().stream().map(stage -> new Part(stage, who.apply(stage), cloud)),
                        FeatureCatalog.CHECKING.stream().map(stage -> new Part(stage, who.apply(stage), null)))
                .flatMap(some -> some)
                .filter(part -> part.type().use().equals(AdoptionCurve.ALL) || random.chance(IN_PIPELINES))
                .toList();
    }

    /** One execution, so many months after the year's first day. What comes after a stage that fails is not started. */
    Execution run(SeededRandom random, double month, String type, String trigger) {
        List<Stage> stages = new ArrayList<>();
        String status = "SUCCEEDED";
        for (Part part : parts) {
            if (part.type().use().has(part.who(), month)) {
                String outcome = status.equals("SUCCEEDED") ? outcome(random, part.type()) : "NOT_STARTED";
                if (outcome.equals("TERMINAL") || outcome.equals("CANCELED")) {
                    status = outcome;
                }
                stages.add(new Stage(part.type().name(), outcome, provider(random, part.cloud())));
            }
        }
        return new Execution(random.hash(), type, new Trigger(trigger), stages, status);
    }

    private static String outcome(SeededRandom random, StageType type) {
        if (random.chance(type.failing())) {
            return random.chance(0.8) ? "TERMINAL" : "FAILED_CONTINUE";
        }
        if (random.chance(0.98)) {
            return "SUCCEEDED";
        }
        return random.pickSkewed(List.of("SKIPPED", "CANCELED", "UNKNOWN"));
    }

    static @Nullable CloudProvider provider(SeededRandom random, @Nullable Cloud cloud) {
        return cloud == null ? null : new CloudProvider(random.chance(0.005) ? "UNKNOWN" : cloud.id(), "");
    }
}
