package io.spinnaker.stats.gcp;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call to a Google API failed. Google's own message is left out, because it quotes the request. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The status of a failure without a response: the API was unreachable, or there was no access token. */
    public static final int NO_RESPONSE = 0;

    /** The status of a failure in which the response of a successful call could not be read. */
    public static final int UNREADABLE = 200;

    private final int status;

    private ApiException(int status, String summary) {
        super(summary, null, false, false);
        this.status = status;
    }

    /** The failure that an exception of a Google client, or one of its causes, stands for. */
    static ApiException of(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .toList();
        for (Throwable cause : causes) {
            if (cause instanceof HttpResponseException response) {
                return new ApiException(response.getStatusCode(), summary(response));
            }
            if (cause instanceof NoResponseException) {
                return new ApiException(NO_RESPONSE, "no response");
            }
        }
        return new ApiException(UNREADABLE, UNREADABLE + " with an invalid body");
    }

    private static String summary(HttpResponseException response) {
        String reason = reason(response);
        return reason.matches("[A-Za-z_]{1,40}")
                ? response.getStatusCode() + " " + reason
                : String.valueOf(response.getStatusCode());
    }

    /** Google's code for the failure, such as {@code accessDenied}; empty if there is none. */
    static String reason(HttpResponseException response) {
        if (!(response instanceof GoogleJsonResponseException json) || json.getDetails() == null) {
            return "";
        }
        GoogleJsonError details = json.getDetails();
        List<GoogleJsonError.ErrorInfo> errors = details.getErrors();
        @Nullable
        Object reason = errors == null || errors.isEmpty()
                ? details.get("status")
                : errors.getFirst().getReason();
        return reason == null ? "" : reason.toString();
    }

    /** The HTTP status, {@link #NO_RESPONSE} or {@link #UNREADABLE}. */
    public int status() {
        return status;
    }

    /** The status and, if there is one, Google's reason code: {@code 403 accessDenied}. */
    public String summary() {
        return String.valueOf(getMessage());
    }
}
