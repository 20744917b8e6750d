package io.spinnaker.stats.web;

import static io.spinnaker.stats.web.DataContract.header;
import static io.spinnaker.stats.web.DataContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spinnaker.stats.publish.StorageStub;
import io.spinnaker.stats.storage.BigQueryStub;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages with files from the public bucket, as in production on BigQuery. */
@QuarkusTest
@WithTestResource(BigQueryStub.class)
@WithTestResource(StorageStub.class)
class PageBucketTest extends PageContract {

    private static final String REPORT =
            "<!doctype html><html lang=\"en\"><head><link rel=\"stylesheet\" href=\"/style.css\" /></head><body>October</body></html>";

    @SuppressWarnings("NullAway.Init") // StorageStub injects itself
    StorageStub storage;

    @BeforeEach
    void publish() {
        storage.recover();
        storage.put(
                "data/summary.json",
                "{\"keyNumbers\": \"<div class=\\\"tile\\\">300 instances</div>\", \"banners\": \"<p>Demo data.</p>\"}");
        storage.put("data/index.json", DataBucketTest.INDEX);
        storage.put("data/report-2026-10.html", REPORT);
        storage.put("data/report-2026-10.md", "# October");
    }

    @Test
    void showsNumbersWithoutAScript() throws Exception {
        assertThat(text(get("/")))
                .contains("<div class=\"tile\">300 instances</div>")
                .doesNotContain("<!--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/embed.html"})
    void warnsWithoutAScript(String path) throws Exception {
        assertThat(text(get(path))).contains("<p>Demo data.</p>");
    }

    @Test
    void saysWhatThisDeploymentKeeps() throws Exception {
        assertThat(text(get("/what-we-collect/")))
                .contains(
                        "7, and never an id",
                        "for 400 days after arrival",
                        "<a href=\"mailto:privacy@example.org\">privacy@example.org</a>",
                        "<a href=\"https://example.org/cc0\">CC0-1.0</a>");
    }

    @Test
    void servesReportsUnderTheirMonth() throws Exception {
        HttpResponse<byte[]> page = get("/report/2026-10/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Content-Security-Policy")).contains("style-src 'sha256-");
        assertThat(text(page)).contains("<style>", "October").doesNotContain("href=\"/style.css\"");
        assertThat(get("/report/2026-10").body()).isEqualTo(page.body());
        assertThat(DataContract.request("HEAD", "/report/2026-10/").statusCode())
                .isEqualTo(200);
        assertThat(text(get("/report/2026-10.md"))).isEqualTo("# October");
    }

    @Test
    void showsThePageWithoutNumbersWhenTheBucketIsUnreachable() throws Exception {
        storage.fail(503, 0);
        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(get("/what-we-collect/").statusCode()).isEqualTo(200);
        assertThat(get("/report/2026-09/").statusCode()).isEqualTo(503);
    }
}
