package io.spinnaker.stats.gcp;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The response of a Google API.
 *
 * @param status the HTTP status
 * @param body the body as JSON; {@code MissingNode} if it is not JSON
 */
public record ApiResponse(int status, JsonNode body) {

    /** Whether the call succeeded with a JSON object. A 200 without one was not sent by a Google API. */
    public boolean isOk() {
        return status == 200 && body.isObject();
    }

    /**
     * The status and Google's reason code if there is one, such as {@code 403 accessDenied}. Google's message is left out,
     * because it quotes the request.
     */
    public String errorSummary() {
        String reason = body.at("/error/errors/0/reason").asText();
        if (reason.isEmpty()) {
            reason = body.at("/error/status").asText();
        }
        return reason.matches("[A-Za-z_]{1,40}") ? status + " " + reason : String.valueOf(status);
    }
}
