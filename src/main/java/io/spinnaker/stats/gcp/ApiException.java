package io.spinnaker.stats.gcp;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.BaseServiceException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call to a Google API failed. Google's own message is left out, because it quotes the request. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The status of a failure without a response: the API was unreachable, or there was no access token. */
    public static final int NO_RESPONSE = 0;

    /** The status of a response that is an error in spite of it: the body says so, or cannot be read. */
    private static final int OK = 200;

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
                return new ApiException(response.getStatusCode(), summary(response.getStatusCode(), reason(response)));
            }
            if (cause instanceof NoResponseException || cause instanceof InterruptedException) {
                return new ApiException(NO_RESPONSE, "no response");
            }
        }
        for (Throwable cause : causes) {
            if (cause instanceof BaseServiceException inBody && inBody.getReason() != null) {
                return new ApiException(OK, summary(OK, inBody.getReason())); // a job that failed
            }
        }
        return new ApiException(OK, OK + " with an invalid body");
    }

    private static String summary(int status, String reason) {
        return reason.matches("[A-Za-z_]{1,40}") ? status + " " + reason : String.valueOf(status);
    }

    /** Google's reason code, such as {@code accessDenied}; empty if there is none. */
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

    /** The HTTP status, or {@link #NO_RESPONSE}. */
    public int status() {
        return status;
    }

    /** The status and, if there is one, Google's reason code: {@code 403 accessDenied}. */
    public String summary() {
        return String.valueOf(getMessage());
    }

    /** Describes the failure to operators: {@code BigQuery responded 503 backendError}. */
    public String describe(String api) {
        return api + (status == NO_RESPONSE ? " unreachable, or no access token" : " responded " + summary());
    }
}
