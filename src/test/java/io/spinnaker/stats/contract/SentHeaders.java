package io.spinnaker.stats.contract;

import java.util.LinkedHashMap;
import java.util.Map;

/** Headers that reach the service besides those of HTTP, although it reads none of them. */
public final class SentHeaders {

    /** More than Tomcat and most proxies accept, as the accounts of a large installation are. */
    private static final int ACCOUNTS_LENGTH = 40 * 1024;

    private SentHeaders() {}

    /**
     * Returns all of them with the given value: headers that Echo adds for each of its clients, those that its operator may
     * add by {@code ok-http-client.additional-headers}, which can have any name, and those of proxies.
     *
     * @param value a secret
     */
    public static Map<String, String> of(String value) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-SPINNAKER-USER", value);
        headers.put("X-SPINNAKER-ACCOUNTS", (value + ",").repeat(ACCOUNTS_LENGTH / (value.length() + 1)));
        headers.put("X-SPINNAKER-APPLICATION", value);
        headers.put("X-SPINNAKER-EXECUTION-ID", value);
        headers.put("X-SPINNAKER-EXECUTION-TYPE", value);
        headers.put("X-SPINNAKER-REQUEST-ID", value);
        headers.put("X-SPINNAKER-USER-ORIGIN", value);
        headers.put("X-SPINNAKER-IDENTITY-TOKEN", "eyJhbGciOiJSUzI1NiJ9." + value + ".c2ln");
        headers.put("X-Spinnaker-Token", "spk_" + value);
        headers.put("X-B3-TraceId", value);
        headers.put("X-B3-SpanId", value);
        headers.put("X-B3-ParentSpanId", value);
        headers.put("X-B3-Sampled", value);
        headers.put("b3", value);
        headers.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-" + value);
        headers.put("tracestate", "vendor=" + value);
        headers.put("baggage", "user=" + value);
        headers.put("Authorization", "Bearer " + value);
        headers.put("Proxy-Authorization", "Basic " + value);
        headers.put("Cookie", "session=" + value);
        headers.put("User-Agent", value);
        headers.put("Referer", "https://" + value + ".example.com/");
        headers.put("Forwarded", "for=" + value);
        headers.put("X-Forwarded-For", value);
        headers.put("X-Forwarded-Host", value);
        headers.put("X-Forwarded-Proto", value);
        headers.put("X-Request-Id", value);
        headers.put("X-Cloud-Trace-Context", value);
        headers.put("X-HTTP-Method-Override", value);
        headers.put("X-" + value + "-Team", value);
        return headers;
    }
}
