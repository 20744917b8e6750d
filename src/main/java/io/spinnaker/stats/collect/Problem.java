package io.spinnaker.stats.collect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.spinnaker.stats.event.Violation;
import java.util.List;

/**
 * The body of every answer that is an error (RFC 9457, type {@code about:blank}). Nothing in it comes from the request.
 *
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what to do about it
 * @param errors the fields that break a rule, each with the rule; left out when there are none
 */
@RegisterForReflection(targets = {Problem.class, Violation.class})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(String title, int status, String detail, List<Violation> errors) {}
