package io.spinnaker.stats.warehouse;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.cloud.http.HttpTransportOptions;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** For the native executable: the original looks for App Engine, whose classes are not there to be linked. */
@TargetClass(value = HttpTransportOptions.DefaultHttpTransportFactory.class)
final class HttpTransportSubstitution {

    @Substitute
    public HttpTransport create() {
        return new NetHttpTransport();
    }
}
