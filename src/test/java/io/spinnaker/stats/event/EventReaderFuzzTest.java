package io.spinnaker.stats.event;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Payload;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds arbitrary bytes to the reader, guided by the code that they reach: {@code -Dfuzz=30s} fuzzes for 30 s. */
class EventReaderFuzzTest {

    /** Syntax that no client uses, and that mutation would rarely find. */
    private static final String RARE_SYNTAX = """
            {"a": [[{}], -0.5E+3, true, false, null, "\\b\\f\\n\\r\\t\\"\\/"],
            "spinnakerInstance": {"id": "%1$s", "version": "\\ud83d\\ude80 🚀", "pipelineCount": 7.0e0},
            "application": {"\\u0069d": "%1$s"}}
            """.formatted(Case.SHA);

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRejectsAnyBytes(byte[] body) throws Exception {
        ReaderInvariants.read(body);
    }

    static Stream<byte[]> seeds() {
        Stream<String> bodies = Stream.concat(Stream.of(RARE_SYNTAX), Case.all().map(Case::body));
        return Stream.concat(
                Payload.all().stream().map(Payload::body), bodies.map(body -> body.getBytes(StandardCharsets.UTF_8)));
    }
}
