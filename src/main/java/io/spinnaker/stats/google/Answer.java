package io.spinnaker.stats.google;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one of Google's APIs answered.
 *
 * @param status the HTTP status
 * @param body the body's JSON; {@code MissingNode} when it is none
 */
public record Answer(int status, JsonNode body) {

    /** Whether it is one of Google's, and good. */
    public boolean isOk() {
        return status == 200 && body.isObject();
    }

    /**
     * The status, and Google's word for what is wrong when there is one, such as {@code 403 accessDenied}. Google's
     * message is left out: it quotes what was sent.
     */
    public String codes() {
        String reason = body.at("/error/errors/0/reason").asText();
        if (reason.isEmpty()) {
            reason = body.at("/error/status").asText();
        }
        return reason.matches("[A-Za-z_]{1,40}") ? status + " " + reason : String.valueOf(status);
    }
}
