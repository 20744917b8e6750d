package io.spinnaker.stats.dev.demo;

import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.Event.Application;
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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Spinnaker of the demo. What it is like is drawn from its number; what it does on a day, from both. */
final class DemoInstance {

    /** How the id of each begins, and no real one: "demo" in ASCII, four times. */
    static final String ID_PREFIX = "64656d6f".repeat(4);

    private static final double DAYS_A_MONTH = 30.44;
    private static final AdoptionCurve HALYARD = AdoptionCurve.moving(0.5, 0.34);

    private final int number;
    private final Lifetime stay;
    private final double size;
    private final String id;
    private final int applications;
    private final int pipelinesAnApplication;
    private final int hoursWest;
    private final List<Target> targets;

    /** A cloud, and the instance's pipelines there; those of a cloud that it does not use are never run. */
    private record Target(Cloud cloud, List<Pipeline> pipelines) {}

    /**
     * When an instance is there.
     *
     * @param year the first day of the year that trends belong to
     * @param from its first day
     * @param until the day after its last
     */
    record Lifetime(LocalDate year, LocalDate from, LocalDate until) {
        boolean holds(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(until);
        }

        double month(LocalDate day) {
            return year.until(day, ChronoUnit.DAYS) / DAYS_A_MONTH;
        }
    }

    /**
     * Draws one.
     *
     * @param size events on a working day, on average
     */
    DemoInstance(int number, Lifetime stay, double size) {
        SeededRandom random = new SeededRandom(number);
        this.number = number;
        this.stay = stay;
        this.size = size;
        this.id = ID_PREFIX + random.hash().substring(ID_PREFIX.length());
        this.applications = 1 + (int) (size * random.between(0.3, 2));
        this.pipelinesAnApplication = 1 + (int) random.between(0, 12);
        this.hoursWest = random.pick(List.of(8, 5, 5, 0, -1, -1, -5, -9));
        this.targets = FeatureCatalog.CLOUDS.stream()
                .map(cloud -> new Target(cloud, pipelines(cloud)))
                .toList();
    }

    private List<Pipeline> pipelines(Cloud cloud) {
        return IntStream.range(0, 3 + (int) (size / 4))
                .mapToObj(place -> new Pipeline(number, place, cloud))
                .toList();
    }

    /** What it sends on that day. */
    Stream<Row> on(LocalDate day) {
        if (!stay.holds(day)) {
            return Stream.empty();
        }
        SeededRandom random = new SeededRandom(number, day.toEpochDay());
        int events = random.roundRandomly(size * liveliness(day) * random.between(0.7, 1.3));
        return Stream.generate(() -> Row.of(event(random, day), time(random, day), random.uuid()))
                .limit(events);
    }

    /** Little chance at weekends, less than usual at the turn of the year. */
    private static double liveliness(LocalDate day) {
        boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
        boolean holidays = day.plusDays(9).getDayOfYear() <= 11;
        return (weekend ? 0.2 : 1) * (holidays ? 0.4 : 1);
    }

    /** Mostly within the working hours of where it is. */
    private Instant time(SeededRandom random, LocalDate day) {
        double hour = 7 + 6 * (random.share() + random.share()) + hoursWest;
        long micros = (long) ((hour + 24) % 24 * 3_600_000_000L);
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(micros, ChronoUnit.MICROS);
    }

    private Event event(SeededRandom random, LocalDate day) {
        Release release = release(day);
        int application = (int) (random.share() * random.share() * applications);
        return new Event(
                instance(release, stay.month(day)),
                new Application(
                        new SeededRandom(number, "application", application).hash(),
                        release.tellsCounts() ? count(random, 1 + application % (2 * pipelinesAnApplication)) : null),
                random.chance(0.003) ? null : execution(random, stay.month(day)));
    }

    /** Some are upgraded soon, some late, some never or once. */
    private Release release(LocalDate day) {
        SeededRandom random = new SeededRandom(number, "release");
        boolean soon = random.chance(0.35);
        boolean old = !soon && random.chance(0.55);
        Release at = random.pickSkewed(Release.OLD);
        if (old && stay.month(day) < random.between(3, 25)) {
            return at;
        }
        return Release.newest(day.minusDays((long) (soon ? random.between(5, 40) : random.between(60, 300))));
    }

    private SpinnakerInstance instance(Release release, double month) {
        SeededRandom random = new SeededRandom(number, "deployment");
        DeploymentMethod method = method(random.share(), month);
        String environment = random.chance(0.72) ? "KUBERNETES" : "ENVIRONMENT_UNKNOWN";
        String artifacts = random.chance(0.7)
                ? "DOCKER_CONTAINERS"
                : random.chance(0.6) ? "DEBIAN_PACKAGES" : "DEPLOYED_ARTIFACTS_UNKNOWN";
        boolean counts = release.tellsCounts();
        return new SpinnakerInstance(
                id,
                release.version(),
                release.tellsDeployment() ? method : null,
                counts ? environment : null,
                counts ? artifacts : null,
                counts ? applications * pipelinesAnApplication : null);
    }

    private static DeploymentMethod method(double who, double month) {
        if (HALYARD.has(who, month)) {
            return new DeploymentMethod("HALYARD", "1.45.0-20210401");
        }
        if (who < 0.58) {
            return new DeploymentMethod("NONE", "");
        }
        if (who < 0.8) {
            return new DeploymentMethod("KUBERNETES_OPERATOR", "1.3.0");
        }
        return who < 0.9 ? new DeploymentMethod("KLEAT", "0.3.0") : new DeploymentMethod("OTHER", "terraform-1.2");
    }

    /** 0 is what is sent when Front50 does not answer. */
    private static @Nullable Integer count(SeededRandom random, int count) {
        return random.chance(0.02) ? 0 : count;
    }

    private Execution execution(SeededRandom random, double month) {
        List<Target> used = targets.stream()
                .filter(some -> takesPart(some.cloud().use(), some.cloud().id(), month))
                .toList();
        Target target = used.isEmpty() ? targets.getFirst() : random.pickSkewed(used);
        if (random.chance(0.12)) {
            return task(random, target.cloud());
        }
        List<String> triggers = FeatureCatalog.TRIGGERS.entrySet().stream()
                .filter(trigger -> takesPart(trigger.getValue(), trigger.getKey(), month))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        String trigger = triggers.isEmpty() || random.chance(0.3) ? "MANUAL" : random.pick(triggers);
        return random.pickSkewed(target.pipelines()).run(random, month, type(random, month), trigger);
    }

    private static Execution task(SeededRandom random, Cloud cloud) {
        String status = random.chance(0.96) ? "SUCCEEDED" : "TERMINAL";
        Stage stage = new Stage(random.pickSkewed(cloud.tasks()), status, Pipeline.provider(random, cloud));
        return new Execution(random.hash(), "ORCHESTRATION", new Trigger("MANUAL"), List.of(stage), status);
    }

    private String type(SeededRandom random, double month) {
        if (random.chance(0.5) && takesPart(FeatureCatalog.TEMPLATES_V1, "templates", month)) {
            return "MANAGED_PIPELINE_TEMPLATE_V1";
        }
        if (random.chance(0.4) && takesPart(FeatureCatalog.TEMPLATES_V2, "templates", month)) {
            return "MANAGED_PIPELINE_TEMPLATE_V2";
        }
        return random.chance(0.002) ? "UNKNOWN" : "PIPELINE";
    }

    private boolean takesPart(AdoptionCurve trend, String what, double month) {
        return trend.has(new SeededRandom(number, what).share(), month);
    }
}
