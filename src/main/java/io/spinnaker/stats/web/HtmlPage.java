package io.spinnaker.stats.web;

import io.spinnaker.stats.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTML page whose style sheet and theme script are part of it, so that a browser shows it after one response.
 *
 * @param html the page; a comment such as {@code <!--charts-->} is the place of a part
 * @param policy its Content-Security-Policy, with the hashes of what is inline
 */
record HtmlPage(String html, String policy) {

    private static final Pattern PART = Pattern.compile("<!--([a-zA-Z]+)-->");
    private static final String STYLE_SHEET = "<link rel=\"stylesheet\" href=\"/style.css\" />";
    private static final String THEME_SCRIPT = "<script src=\"/js/theme.js\"></script>";

    /** The pages that may show this one in a frame. */
    enum FrameAncestors {
        SELF("'self'"),
        ANY("*");

        private final String source;

        FrameAncestors(String source) {
            this.source = source;
        }
    }

    /**
     * Puts the style sheet and the theme script in the places of the elements that refer to them.
     *
     * @param html a page that refers to both, or to the style sheet only
     */
    static HtmlPage of(String html, String styleSheet, String themeScript, FrameAncestors ancestors) {
        String policy = "default-src 'none'; script-src 'self' " + hash(themeScript) + "; style-src " + hash(styleSheet)
                + "; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
                + ancestors.source;
        return new HtmlPage(
                html.replace(STYLE_SHEET, "<style>" + styleSheet + "</style>")
                        .replace(THEME_SCRIPT, "<script>" + themeScript + "</script>"),
                policy);
    }

    /** Fills in the parts, each as HTML; a part that is not given is left out. */
    CachedFile with(Map<String, String> parts) {
        String filled = PART.matcher(html)
                .replaceAll(match -> Matcher.quoteReplacement(parts.getOrDefault(match.group(1), "")));
        return CachedFile.of(
                "text/html; charset=utf-8", filled.getBytes(StandardCharsets.UTF_8), CachedFile.REVALIDATED, policy);
    }

    private static String hash(String inline) {
        return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(inline.getBytes(StandardCharsets.UTF_8)))
                + "'";
    }
}
