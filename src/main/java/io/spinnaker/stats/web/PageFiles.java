package io.spinnaker.stats.web;

import io.quarkus.runtime.LaunchMode;
import io.spinnaker.stats.storage.Sha256;
import io.spinnaker.stats.web.HtmlPage.FrameAncestors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of the pages, prepared once: compressed, and the scripts below a path that changes with their content, so that
 * browsers can keep them. For the native executable, this happens when it is built, and in dev mode for each request.
 */
final class PageFiles {

    private static final String SCRIPT_TYPE = "text/javascript; charset=utf-8";

    /** A script that a page loads. */
    private static final Pattern MODULE_SCRIPT = Pattern.compile("<script type=\"module\" src=\"/js/([a-z-]+[.]js)\">");
    /** A module that a module needs at its start. */
    private static final Pattern STATIC_IMPORT = Pattern.compile("from '[.]/([a-z-]+[.]js)'");
    /** A module that a module imports, at its start or later. */
    private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()'[.]/([a-z-]+[.]js)'");

    /** Scripts never change under their address. */
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private static final PageFiles BUILT = new PageFiles();

    private final Map<String, HtmlPage> pages = new TreeMap<>();
    private final Map<String, CachedFile> files = new TreeMap<>();
    private final String styleSheet = text("/page/style.css");
    private final String themeScript = text("/page/js/theme.js");

    private PageFiles() {
        Map<String, String> html = new TreeMap<>(Map.of(
                "/", source("index.html"),
                "/embed.html", source("embed.html"),
                "/not-found", source("not-found.html"),
                "/what-we-collect/",
                        CollectedFields.fill(source("what-we-collect/index.html"), text("/page/example-event.json"))));
        Map<String, String> modules = new TreeMap<>();
        html.values().forEach(page -> modules.putAll(modulesOf(page, IMPORT)));
        String scripts = "/assets/" + hash(modules) + "/js/";
        html.forEach((path, page) -> pages.put(
                path,
                HtmlPage.of(
                        withVersionedScripts(page, scripts),
                        styleSheet,
                        themeScript,
                        path.equals("/embed.html") ? FrameAncestors.ANY : FrameAncestors.SELF)));
        modules.forEach((name, script) -> files.put(
                scripts + name, CachedFile.of(SCRIPT_TYPE, script.getBytes(StandardCharsets.UTF_8), FOREVER)));
        addFile("/icon.svg", "/page/icon.svg", "image/svg+xml");
        addFile("/robots.txt", "/page/robots.txt", "text/plain; charset=utf-8");
        addFile("/schema/chart.schema.json", "/page/schema/chart.schema.json", "application/json");
        addFile("/schema/features.schema.json", "/page/schema/features.schema.json", "application/json");
        addFile("/schema/index.schema.json", "/page/schema/index.schema.json", "application/json");
        addFile("/events.schema.json", "/storage/events.schema.json", "application/json");
    }

    private void addFile(String path, String resource, String contentType) {
        files.put(
                path,
                CachedFile.of(contentType, text(resource).getBytes(StandardCharsets.UTF_8), CachedFile.REVALIDATED));
    }

    /** The current files. */
    static PageFiles current() {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT ? new PageFiles() : BUILT;
    }

    /** The page at a path. */
    Optional<HtmlPage> page(String path) {
        return Optional.ofNullable(pages.get(path));
    }

    /** A file that is not a page. */
    Optional<CachedFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** A complete HTML document from elsewhere, with the style sheet that it refers to. */
    CachedFile document(String html) {
        return HtmlPage.of(html, styleSheet, themeScript, FrameAncestors.SELF).with(Map.of());
    }

    /** The modules that a page's script imports, directly or not, by name, and that script first. */
    private static Map<String, String> modulesOf(String page, Pattern imports) {
        Map<String, String> modules = new LinkedHashMap<>();
        MODULE_SCRIPT.matcher(page).results().forEach(match -> addModules(match.group(1), imports, modules));
        return modules;
    }

    private static void addModules(String name, Pattern imports, Map<String, String> modules) {
        if (!modules.containsKey(name)) {
            String script = text("/page/js/" + name);
            modules.put(name, script);
            imports.matcher(script).results().forEach(match -> addModules(match.group(1), imports, modules));
        }
    }

    private static String hash(Map<String, String> modules) {
        return Sha256.hex(modules.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /** Preloads the modules that the page's script needs at its start, which a browser would find one after the other. */
    private static String withVersionedScripts(String page, String scripts) {
        String preloads = modulesOf(page, STATIC_IMPORT).keySet().stream()
                .skip(1)
                .map(name -> "<link rel=\"modulepreload\" href=\"" + scripts + name + "\" />")
                .collect(Collectors.joining());
        return MODULE_SCRIPT
                .matcher(page)
                .replaceAll(match -> Matcher.quoteReplacement(
                        preloads + "<script type=\"module\" src=\"" + scripts + match.group(1) + "\">"));
    }

    /** A page, with what the heads of all pages have. */
    private static String source(String file) {
        return text("/page/" + file).replace("<!--head-->", text("/page/head.html"));
    }

    private static String text(String path) {
        try (InputStream resource = PageFiles.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalStateException("the page lacks " + path);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
