package io.spinnaker.stats.demo;

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
        Dice dice = new Dice(instance, cloud.id(), place);
        Function<StageType, Double> who = stage -> new Dice(instance, stage.name()).share();
        this.parts = Stream.of(
                        Features.BUILDING.stream().map(stage -> new Part(stage, who.apply(stage), null)),
                        Stream.ofNullable(Features.OWN.get(instance)).map(stage -> new Part(stage, 0, null)),
                        cloud.stages().stream().map(stage -> new Part(stage, who.apply(stage), cloud)),
                        Features.CHECKING.stream().map(stage -> new Part(stage, who.apply(stage), null)))
                .flatMap(some -> some)
                .filter(part -> part.type().use().equals(Trend.ALL) || dice.happens(IN_PIPELINES))
                .toList();
    }

    /** One execution, so many months after the year's first day. What comes after a stage that fails is not started. */
    Execution run(Dice dice, double month, String type, String trigger) {
        List<Stage> stages = new ArrayList<>();
        String status = "SUCCEEDED";
        for (Part part : parts) {
            if (part.type().use().has(part.who(), month)) {
                String outcome = status.equals("SUCCEEDED") ? outcome(dice, part.type()) : "NOT_STARTED";
                if (outcome.equals("TERMINAL") || outcome.equals("CANCELED")) {
                    status = outcome;
                }
                stages.add(new Stage(part.type().name(), outcome, provider(dice, part.cloud())));
            }
        }
        return new Execution(dice.hash(), type, new Trigger(trigger), stages, status);
    }

    private static String outcome(Dice dice, StageType type) {
        if (dice.happens(type.failing())) {
            return dice.happens(0.8) ? "TERMINAL" : "FAILED_CONTINUE";
        }
        if (dice.happens(0.98)) {
            return "SUCCEEDED";
        }
        return dice.oneOfTheFirst(List.of("SKIPPED", "CANCELED", "UNKNOWN"));
    }

    static @Nullable CloudProvider provider(Dice dice, @Nullable Cloud cloud) {
        return cloud == null ? null : new CloudProvider(dice.happens(0.005) ? "UNKNOWN" : cloud.id(), "");
    }
}
