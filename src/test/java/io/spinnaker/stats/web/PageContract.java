package io.spinnaker.stats.web;

import static io.spinnaker.stats.web.DataContract.header;
import static io.spinnaker.stats.web.DataContract.request;
import static io.spinnaker.stats.web.DataContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Json;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the pages, in what their responses say to browsers, caches and readers. */
abstract class PageContract {

    private static final Pattern SCRIPT = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/embed.html", "/what-we-collect/"})
    void sendsPagesThatBrowsersRevalidate(String path) throws Exception {
        HttpResponse<byte[]> page = get(path, "Accept-Encoding", "gzip");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(page, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(page.body())).readAllBytes())
                .isEqualTo(get(path).body());

        HttpResponse<byte[]> again = get(path, "Accept-Encoding", "gzip", "If-None-Match", header(page, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/, 'self'", "/what-we-collect/, 'self'", "/embed.html, *"})
    void restrictsWhatPagesMayLoadAndWhoMayFrameThem(String path, String ancestors) throws Exception {
        HttpResponse<byte[]> page = get(path);
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self' 'sha256-")
                .doesNotContain("unsafe")
                .endsWith(
                        "frame-ancestors " + ancestors.replace("self", "'self'").replace("''", "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/embed.html"})
    void versionsScriptsForCachesAndOtherOrigins(String path) throws Exception {
        List<String> scripts = SCRIPT.matcher(text(get(path)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(scripts).isNotEmpty();
        for (String script : scripts) {
            HttpResponse<byte[]> response = get(script);
            assertThat(response.statusCode()).as(script).isEqualTo(200);
            assertThat(header(response, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
            assertThat(header(response, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        }
        assertThat(get("/assets/0000000000000000/js/page.js").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/icon.svg",
                "/robots.txt",
                "/events.schema.json",
                "/schema/chart.schema.json",
                "/schema/index.schema.json"
            })
    void sendsTheOtherFiles(String path) throws Exception {
        assertThat(get(path, "Accept", "text/html, */*").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/what-we-collect, /what-we-collect/", "/favicon.ico, /icon.svg"})
    void redirects(String from, String to) throws Exception {
        HttpResponse<byte[]> response = get(from);
        assertThat(response.statusCode()).isEqualTo(301);
        assertThat(header(response, "Location")).isEqualTo(to);
    }

    /** Spinnaker and scripts get a problem document; LogContract has these. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/what-we-colect/", "/report/2026-13/", "/report/2019-01/", "/index.htm", "/data", "/embed.html/"
            })
    void showsReadersAPageForAMistypedAddress(String path) throws Exception {
        HttpResponse<byte[]> page = get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(text(page)).contains("Page not found");

        HttpResponse<byte[]> problem = get(path, "Accept", "*/*");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(Json.parse(text(problem)).path("status").asInt()).isEqualTo(404);
    }

    @Test
    void listsEveryCollectedFieldWithoutAScript() throws Exception {
        String page = text(get("/what-we-collect/"));
        assertThat(page)
                .contains("spinnaker_instance.<wbr>id", "execution.<wbr>stages.<wbr>type", "\n  enabled: false")
                .contains("&quot;type&quot;: &quot;deployManifest&quot;")
                .doesNotContain("<!--", "<script src", "type=\"module\"");
    }

    static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return request("GET", path, headers);
    }
}
