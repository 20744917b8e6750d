package io.spinnaker.stats.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Pages ready to be served, each made once for each version of the public file in it, which changes once a day at most. */
final class PreparedPages {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, PreparedPage> prepared = new ConcurrentHashMap<>();

    /**
     * A page.
     *
     * @param files the files that it is made of
     * @param sourceTag the tag of the public file in it; empty without one
     */
    private record PreparedPage(PageFiles files, String sourceTag, CachedFile page) {}

    /** The page at a path that has a page. Without the public file that fills it in, its script says why there are no numbers. */
    CachedFile page(String path, Optional<CachedFile> source) {
        return prepare(
                path,
                source.map(CachedFile::tag).orElse(""),
                files -> files.page(path).orElseThrow().with(parts(path, source)));
    }

    /** A public file that is a complete HTML document. */
    CachedFile document(String name, CachedFile file) {
        return prepare(name, file.tag(), files -> files.document(new String(file.plain(), StandardCharsets.UTF_8)));
    }

    private CachedFile prepare(String key, String tag, Function<PageFiles, CachedFile> make) {
        PageFiles current = PageFiles.current();
        return prepared.compute(
                        key,
                        (same, last) -> last != null
                                        && last.files().equals(current)
                                        && last.sourceTag().equals(tag)
                                ? last
                                : new PreparedPage(current, tag, make.apply(current)))
                .page();
    }

    private static Map<String, String> parts(String path, Optional<CachedFile> source) {
        JsonNode json = source.map(PreparedPages::json).orElseGet(JSON::createObjectNode);
        if (path.equals("/what-we-collect/")) {
            return CollectedFields.settings(json);
        }
        Map<String, String> parts = new TreeMap<>();
        json.properties()
                .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
        return parts;
    }

    /** A public file as JSON; empty if it is not valid. */
    private static JsonNode json(CachedFile file) {
        try {
            return JSON.readTree(file.plain());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
