package io.spinnaker.stats.dev.demo;

import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.Event.Application;
import io.spinnaker.stats.event.Event.CloudProvider;
import io.spinnaker.stats.event.Event.DeploymentMethod;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.Event.Trigger;
import io.spinnaker.stats.storage.Row;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One invented instance. Its properties depend on its number, and its events on its number and the day.
 *
 * @param year the first day of the year that trends refer to
 * @param from its first day
 * @param until the day after its last
 * @param size its mean number of events on a working day
 */
record DemoInstance(int number, LocalDate year, LocalDate from, LocalDate until, double size) {

    private static final List<String> OTHER_STATUSES = List.of("FAILED_CONTINUE", "SKIPPED", "CANCELED", "UNKNOWN");

    /** The events that the instance sends on a day. */
    Stream<Row> on(LocalDate day) {
        if (day.isBefore(from) || !day.isBefore(until)) {
            return Stream.empty();
        }
        SeededRandom random = new SeededRandom(number, day.toEpochDay());
        double activity = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? 1 : 0.2;
        int events = (int) (size * activity * random.between(0.7, 1.3) + random.share());
        Instant morning =
                day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(number % 12, ChronoUnit.HOURS); // its time zone
        return Stream.generate(() -> Row.of(
                        event(random, day),
                        morning.plusMillis((long) random.between(0, 12 * 3_600_000)),
                        random.uuid()))
                .limit(events);
    }

    private Event event(SeededRandom random, LocalDate day) {
        double month = year.until(day, ChronoUnit.DAYS) / 30.44; // days per month
        String version = version(day);
        SeededRandom own = new SeededRandom(number, "size");
        int applications = 1 + (int) (size * own.between(0.3, 2));
        boolean reportsCounts = !version.matches("1\\.1[789].*"); // since 1.21
        Integer pipelines = reportsCounts ? applications * (1 + (int) own.between(0, 12)) : null;
        int application = (int) (random.share() * random.share() * applications);
        return new Event(
                instance(version, month, pipelines),
                new Application(
                        new SeededRandom(number, "application", application).hash(),
                        pipelines == null ? null : 1 + application % pipelines),
                random.chance(0.003) ? null : execution(random, month));
    }

    /** Some instances are upgraded soon after a release, some late, some never. */
    private String version(LocalDate day) {
        SeededRandom random = new SeededRandom(number, "release");
        String old = pick(random, "old-release", 0).name();
        boolean soon = random.chance(0.4);
        double daysBehind = soon ? random.between(50, 85) : random.between(105, 345);
        LocalDate quarter = day.minusDays((long) daysBehind); // a release appears in the middle of the next quarter
        return (soon || random.chance(0.45)) && quarter.getYear() >= 2025
                ? quarter.getYear() + "." + (quarter.getMonthValue() - 1) / 3 + ".0"
                : old;
    }

    private SpinnakerInstance instance(String version, double month, @Nullable Integer pipelines) {
        SeededRandom random = new SeededRandom(number, "deployment");
        String method = pick(random, "deployment-method", month).name();
        return new SpinnakerInstance(
                Dashboard.DEMO_ID_PREFIX + random.hash().substring(Dashboard.DEMO_ID_PREFIX.length()),
                version,
                version.startsWith("1.17") ? null : new DeploymentMethod(method, ""),
                pipelines == null ? null : pick(random, "environment", month).name(),
                pipelines == null ? null : pick(random, "artifacts", month).name(),
                pipelines);
    }

    private Execution execution(SeededRandom random, double month) {
        Feature cloud = pick(random, "-cloud", month);
        if (random.chance(0.12)) {
            Feature task = pick(random, cloud.kind().replace("cloud", "task"), month);
            return run(random, "ORCHESTRATION", "MANUAL", List.of(task), cloud);
        }
        int pipeline = (int) (random.share() * random.share() * (3 + size / 4));
        List<Feature> stages = Stream.of(
                        "build-stage", "own-" + number, cloud.kind().replace("cloud", "stage"), "check-stage")
                .flatMap(kind -> Feature.all(kind).stream())
                .filter(stage -> stage.isUsedBy(number, month))
                .filter(stage -> stage.start() == 1
                        || new SeededRandom(number, cloud.name(), pipeline, stage.name()).chance(0.5))
                .toList();
        String type = pick(random, "type", month).name();
        return run(random, type, pick(random, "trigger", month).name(), stages, cloud);
    }

    /** A feature that the instance uses, those listed first more often; the first one if it uses none. */
    private Feature pick(SeededRandom random, String kind, double month) {
        List<Feature> all = Feature.all(kind);
        List<Feature> used =
                all.stream().filter(feature -> feature.isUsedBy(number, month)).toList();
        return random.pickSkewed(used.isEmpty() ? all.subList(0, 1) : used);
    }

    /** Runs stages one after the other; after a failure the remaining ones are not started. */
    private static Execution run(
            SeededRandom random, String type, String trigger, List<Feature> stages, Feature cloud) {
        List<Stage> executed = new ArrayList<>();
        String status = "SUCCEEDED";
        for (Feature stage : stages) {
            boolean fails = random.chance(stage.failureRate());
            String started = fails ? "TERMINAL" : random.chance(0.98) ? "SUCCEEDED" : random.pickSkewed(OTHER_STATUSES);
            String stageStatus = status.equals("SUCCEEDED") ? started : "NOT_STARTED";
            if (List.of("TERMINAL", "CANCELED").contains(stageStatus)) {
                status = stageStatus;
            }
            boolean usesCloud = stage.kind().startsWith(cloud.kind().replace("cloud", ""));
            String provider = random.chance(0.005) ? "UNKNOWN" : cloud.name();
            executed.add(new Stage(stage.name(), stageStatus, usesCloud ? new CloudProvider(provider, "") : null));
        }
        return new Execution(random.hash(), type, new Trigger(trigger), executed, 0, status);
    }
}
