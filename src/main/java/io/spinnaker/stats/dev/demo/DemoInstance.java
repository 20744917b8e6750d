package io.spinnaker.stats.dev.demo;

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
import java.util.function.Predicate;
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

    /** The beginning of every invented instance's id: "demo" in ASCII, four times. */
    static final String ID_PREFIX = "64656d6f".repeat(4);

    private static final double DAYS_PER_MONTH = 30.44;

    /** Releases of instances that are seldom upgraded, the usual ones first. */
    private static final List<String> OLD_RELEASES = List.of(
            "1.36.1",
            "1.30.0",
            "1.28.1",
            "1.17.4",
            "1.21.0",
            "unknown",
            "1.19.4",
            "master-latest-unvalidated",
            "1.18.5");

    /** The events that the instance sends on a day. */
    Stream<Row> on(LocalDate day) {
        if (day.isBefore(from) || !day.isBefore(until)) {
            return Stream.empty();
        }
        SeededRandom random = new SeededRandom(number, day.toEpochDay());
        double activity = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? 1 : 0.2;
        int events = (int) (size * activity * random.between(0.7, 1.3) + random.share());
        return Stream.generate(() -> Row.of(event(random, day), time(random, day), random.uuid()))
                .limit(events);
    }

    /** Within the working hours of the instance's time zone. */
    private Instant time(SeededRandom random, LocalDate day) {
        double hour = (6 * (random.share() + random.share()) + number) % 24;
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plus((long) (hour * 3_600_000_000L), ChronoUnit.MICROS);
    }

    private Event event(SeededRandom random, LocalDate day) {
        double month = year.until(day, ChronoUnit.DAYS) / DAYS_PER_MONTH;
        String version = version(day);
        SeededRandom own = new SeededRandom(number, "size");
        int applications = 1 + (int) (size * own.between(0.3, 2));
        int pipelines = applications * (1 + (int) own.between(0, 12));
        int application = (int) (random.share() * random.share() * applications);
        boolean reportsCounts = !version.matches("1\\.1[789].*"); // since 1.21
        return new Event(
                instance(version, month, reportsCounts ? pipelines : null),
                new Application(
                        new SeededRandom(number, "application", application).hash(),
                        reportsCounts ? 1 + application % pipelines : null),
                random.chance(0.003) ? null : execution(random, month));
    }

    /** Some instances are upgraded soon after a release, some late, some never. */
    private String version(LocalDate day) {
        SeededRandom random = new SeededRandom(number, "release");
        String old = random.pickSkewed(OLD_RELEASES);
        boolean soon = random.chance(0.4);
        double daysBehind = soon ? random.between(50, 85) : random.between(105, 345);
        LocalDate quarter = day.minusDays((long) daysBehind); // a release appears in the middle of the next quarter
        boolean upgrades = (soon || random.chance(0.45)) && quarter.getYear() >= 2025;
        return upgrades ? quarter.getYear() + "." + (quarter.getMonthValue() - 1) / 3 + ".0" : old;
    }

    private SpinnakerInstance instance(String version, double month, @Nullable Integer pipelines) {
        SeededRandom random = new SeededRandom(number, "deployment");
        boolean halyard = random.chance(0.5 - 0.012 * month);
        String method =
                halyard ? "HALYARD" : random.pickSkewed(List.of("NONE", "KUBERNETES_OPERATOR", "KLEAT", "OTHER"));
        String environment = random.chance(0.72) ? "KUBERNETES" : "ENVIRONMENT_UNKNOWN";
        String artifacts =
                random.pickSkewed(List.of("DOCKER_CONTAINERS", "DEBIAN_PACKAGES", "DEPLOYED_ARTIFACTS_UNKNOWN"));
        return new SpinnakerInstance(
                ID_PREFIX + random.hash().substring(ID_PREFIX.length()),
                version,
                version.startsWith("1.17") ? null : new DeploymentMethod(method, halyard ? "1.45.0-20210401" : ""),
                pipelines == null ? null : environment,
                pipelines == null ? null : artifacts,
                pipelines);
    }

    private Execution execution(SeededRandom random, double month) {
        Predicate<Feature> used = feature -> feature.isUsedBy(number, month);
        List<Feature> all = Feature.all("-cloud");
        List<Feature> clouds = all.stream().filter(used).toList();
        Feature cloud = clouds.isEmpty() ? all.getFirst() : random.pickSkewed(clouds);
        if (random.chance(0.12)) {
            Feature task = random.pickSkewed(Feature.all(cloud.platform() + "-task"));
            return run(random, "ORCHESTRATION", "MANUAL", List.of(task), cloud);
        }
        int pipeline = (int) (random.share() * random.share() * (3 + size / 4));
        List<Feature> stages = Stream.of("build-stage", "own-" + number, cloud.platform() + "-stage", "check-stage")
                .flatMap(kind -> Feature.all(kind).stream())
                .filter(used)
                .filter(stage -> stage.start() == 1
                        || new SeededRandom(number, cloud.name(), pipeline, stage.name()).chance(0.5))
                .toList();
        List<Feature> triggers = Feature.all("trigger").stream().filter(used).toList();
        String trigger = triggers.isEmpty() || random.chance(0.3)
                ? "MANUAL"
                : random.pickSkewed(triggers).name();
        List<Feature> templates = Feature.all("type").stream().filter(used).toList();
        String template = !templates.isEmpty() && random.chance(0.45)
                ? templates.getFirst().name()
                : "PIPELINE";
        return run(random, random.chance(0.002) ? "UNKNOWN" : template, trigger, stages, cloud);
    }

    /** Runs stages one after the other; after a failure the remaining ones are not started. */
    private static Execution run(
            SeededRandom random, String type, String trigger, List<Feature> stages, Feature cloud) {
        List<Stage> executed = new ArrayList<>();
        String status = "SUCCEEDED";
        for (Feature stage : stages) {
            String stageStatus = status.equals("SUCCEEDED") ? status(random, stage.failureRate()) : "NOT_STARTED";
            if (List.of("TERMINAL", "CANCELED").contains(stageStatus)) {
                status = stageStatus;
            }
            boolean usesCloud = stage.kind().startsWith(cloud.platform());
            String provider = random.chance(0.005) ? "UNKNOWN" : cloud.name();
            executed.add(new Stage(stage.name(), stageStatus, usesCloud ? new CloudProvider(provider, "") : null));
        }
        return new Execution(random.hash(), type, new Trigger(trigger), executed, status);
    }

    private static String status(SeededRandom random, double failureRate) {
        if (random.chance(failureRate)) {
            return random.chance(0.8) ? "TERMINAL" : "FAILED_CONTINUE";
        }
        return random.chance(0.98) ? "SUCCEEDED" : random.pickSkewed(List.of("SKIPPED", "CANCELED", "UNKNOWN"));
    }
}
