package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spinnaker.stats.page.BrowserSession.assertDrawn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The explorer: is a feature used, and who would be affected by its removal? */
class ExplorerTest extends PageTestBase {

    @Test
    void answersBothQuestionsInTwoClicks() {
        String stage = mostUsed("stage-types");
        session.visit("/");
        page.locator("#feature").click();
        page.locator("#feature-list [role=option]").first().click();

        assertJudged("stage-types/" + stage);
        JsonNode feature = feature("stage-types", stage);
        Locator details = page.locator("#feature-details");
        assertThat(details.locator("h3")).containsText(stage);
        assertThat(details.locator(".verdict .headline").first())
                .hasText(feature.path("traction").path("headline").asText());
        assertThat(details.locator(".verdict .headline").last())
                .hasText(feature.path("affected").path("headline").asText());
        assertThat(details).containsText(share("stage-types", stage));
        assertThat(page.locator("#explorer")).isInViewport();
    }

    /** Names that readers type, each with the feature that they mean. */
    @ParameterizedTest
    @CsvSource({
        "deploy, stage-types/deploy",
        "bake, stage-types/bake",
        "WEBHOOK, triggers/WEBHOOK",
        "webhook, stage-types/webhook",
        "Deploy (Manifest), stage-types/deployManifest",
        "deploy manifest, stage-types/deployManifest",
        "DEPLOYMANIFEST, stage-types/deployManifest",
        "k8s, cloud-providers/KUBERNETES",
        "gcp, cloud-providers/GCE",
        "amazon, cloud-providers/AWS",
        "halyard, deployment-methods/HALYARD",
        "2026.2, versions/2026.2.x",
    })
    void findsFeaturesByTheNamesThatReadersUse(String query, String feature) {
        session.visit("/");
        search(query);
        page.locator("#feature-details[data-feature='" + feature + "'] .verdict")
                .first()
                .waitFor();
        assertThat(page.url()).endsWith("#" + feature);
        assertThat(page.title())
                .startsWith(feature.substring(feature.indexOf('/') + 1) + " (")
                .contains(") · ");
    }

    @Test
    void saysThatANameCannotBeReported() {
        session.visit("/");
        search("cron");
        Locator details = page.locator("#feature-details");
        assertThat(details).containsText("Spinnaker cannot report this trigger");
        assertThat(details).containsText("UNKNOWN");
        assertThat(details.locator(".verdict")).hasCount(0);

        link(details, "UNKNOWN").click();
        assertThat(page.locator("#feature-details[data-feature='triggers/UNKNOWN']"))
                .containsText("There is no verdict");
    }

    @Test
    void saysThatASearchHasNoResultAndClearsTheOldAnswer() {
        String stage = mostUsed("stage-types");
        session.visit("/#stage-types/" + stage);
        assertJudged("stage-types/" + stage);
        search("no such feature \ud83d\udca5 <img>");
        Locator details = page.locator("#feature-details");
        assertThat(details).containsText("No match. It may have another name");
        assertThat(details.locator(".verdict")).hasCount(0);
        assertThat(details).not().containsText(stage);
        assertThat(page.url()).doesNotContain("#");
        page.locator("#feature").fill("   ");
        page.locator("#feature").press("Enter");
        assertThat(details.locator(".verdict")).hasCount(0);
    }

    @Test
    void saysSinceWhenAStageTypeExistsAndWhetherItWasRemoved() {
        JsonNode removed = list(site.data("features").path("features")).stream()
                .filter(feature -> feature.has("until") && feature.has("since"))
                .findFirst()
                .orElseThrow();
        session.visit("/#" + removed.path("chart").asText() + "/"
                + removed.path("label").asText());
        Locator facts = page.locator("#feature-details dl");
        assertThat(facts).containsText("In Spinnaker since");
        assertThat(facts).containsText(removed.path("since").asText());
        assertThat(facts).containsText(removed.path("until").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage-types", "cloud-providers", "triggers", "deployment-methods", "versions"})
    void opensFeatureFromFragmentInAnyCase(String chart) {
        String label = judgedFeatures(chart)
                .max(Comparator.comparingInt(
                        feature -> feature.path("instances").asInt()))
                .orElseThrow()
                .path("label")
                .asText();
        session.visit("/#" + chart + "/" + label);
        assertJudged(chart + "/" + label);
        assertThat(page.locator("#explorer")).isInViewport();
        assertThat(page.locator("#feature")).hasValue(label);

        session.visit("/#" + chart + "/" + label.toLowerCase(Locale.ROOT));
        assertThat(page.locator("#feature-details[data-feature='" + chart + "/" + label + "'] .verdict")
                        .first())
                .isVisible();
    }

    @Test
    void goesBackFromAFeatureToThePage() {
        String label = mostUsed("triggers");
        session.visit("/");
        Locator card = session.card("triggers");
        card.locator("summary").click();
        link(card.locator("tbody"), label).first().click();
        assertJudged("triggers/" + label);
        page.goBack();
        assertThat(page.locator("#feature-details")).isHidden();
        assertThat(page).hasTitle("How Spinnaker is used");
        page.goForward();
        assertJudged("triggers/" + label);
    }

    @Test
    void barsLinkToTheExplorer() {
        String label = mostUsed("cloud-providers");
        session.visit("/");
        session.card("cloud-providers").locator(".plot svg a").first().click();
        assertJudged("cloud-providers/" + label);
    }

    @Test
    void worksByKeyboard() {
        String stage = mostUsed("stage-types");
        session.visit("/");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        for (int tabs = 0; tabs < 20 && !isFocused("feature"); tabs++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator("#feature")).isFocused();

        page.keyboard().type(stage);
        assertThat(page.locator("#feature-list")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#feature-list")).isHidden();
        page.keyboard().press("ArrowDown");
        Locator active = page.locator("[role=option][aria-selected=true]");
        assertThat(active).containsText(stage);
        assertThat(page.locator("#feature")).hasAttribute("aria-activedescendant", active.getAttribute("id"));
        page.keyboard().press("Enter");

        assertJudged("stage-types/" + stage);
        assertThat(page.locator("#feature-list")).isHidden();
    }

    @Test
    void comparesFeatures() {
        session.visit("/#compare=cloud-providers/AWS,cloud-providers/GCE");
        Locator details = page.locator("#feature-details");
        assertDrawn(details.locator(".plot"));
        assertThat(details.locator(".plot")).containsText("AWS");
        assertThat(details.locator(".plot")).containsText("GCE");
        assertThat(details.locator("tbody tr").first()).containsText(share("cloud-providers", "AWS"));
        assertThat(details.locator("tbody tr").first()).containsText(share("cloud-providers", "GCE"));
        session.assertAccessible();

        page.locator("#compare-add").fill("azure");
        page.locator("#compare-add").press("Enter");
        assertThat(page.locator(".chips li")).hasCount(3);
        assertThat(page.locator("#compare-add")).isFocused();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove GCE from the comparison"))
                .click();
        assertThat(page.locator(".chips li")).hasCount(2);
        assertThat(details.locator("thead")).not().containsText("GCE");
        assertThat(page.url()).contains("AZURE");
    }

    @Test
    void listsCandidatesForRemovalByAStatedRule() {
        JsonNode features = site.data("features");
        List<String> candidates = list(features.path("features")).stream()
                .filter(feature -> feature.path("candidate").asBoolean())
                .map(feature -> feature.path("label").asText())
                .toList();
        assertThat(candidates).isNotEmpty();
        session.visit("/#candidates");
        Locator section = page.locator("#candidates");
        assertThat(section).containsText(features.path("candidateRule").asText());
        assertThat(section.locator("tbody tr")).hasCount(candidates.size());
        assertThat(section.locator("th[aria-sort=descending]")).containsText("Last month");

        section.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Name"))
                .click();
        assertThat(section.locator("th[aria-sort=ascending]")).containsText("Name");
        assertThat(section.locator("tbody tr").first())
                .containsText(
                        candidates.stream().min(String.CASE_INSENSITIVE_ORDER).orElseThrow());
        session.assertAccessible();
        section.getByLabel("Show all features").check();
        assertThat(section.locator("tbody")).containsText(mostUsed("stage-types"));
        assertThat(site.get("/data/candidates.csv").body().lines().count()).isEqualTo(candidates.size() + 1L);
    }

    @Test
    void offersABadge() {
        String stage = mostUsed("stage-types");
        session.visit("/#stage-types/" + stage);
        assertJudged("stage-types/" + stage);
        page.locator("#feature-details details.badge summary").click();
        String file = "badge-stage-types-" + stage + ".json";
        assertThat(page.locator("#feature-details details.badge code")).containsText(file);
        assertThat(site.get("/data/" + file).body()).contains("\"label\":\"" + stage + "\",\"message\":\"demo data\"");
    }

    @Test
    void worksWithoutTheChartOfAFeature() {
        expectsErrors = true;
        String stage = mostUsed("stage-types");
        session.failFile("stage-types");
        session.visit("/#stage-types/" + stage);
        Locator details = page.locator("#feature-details");
        assertThat(details.locator(".verdict").first()).isVisible();
        assertThat(details).containsText("could not be loaded");
        session.assertAccessible();
        search(mostUsed("triggers"));
        assertJudged("triggers/" + mostUsed("triggers"));
    }

    @Test
    void saysThatTheListOfFeaturesCouldNotBeLoadedAndRetries() {
        expectsErrors = true;
        session.failFile("features");
        session.visit("/");
        page.locator("#feature").fill("wait");
        assertThat(page.locator("#feature-error")).containsText("could not be loaded");
        assertDrawn(session.card("triggers").locator(".plot"));
        session.restoreFile("features");
        search("wait");
        assertJudged("stage-types/wait");
        assertThat(page.locator("#feature-error")).isEmpty();
    }

    private boolean isFocused(String id) {
        return id.equals(page.evaluate("document.activeElement.id"));
    }
}
