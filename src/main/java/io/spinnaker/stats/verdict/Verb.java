package io.spinnaker.stats.verdict;

/**
 * A verb for having a label, in sentences about "instances".
 *
 * @param past "used it"
 */
record Verb(String past) {

    static final Verb USE = new Verb("used it");
    static final Verb USE_REGULARLY = new Verb("used it regularly");
    static final Verb RUN = new Verb("ran it");
    static final Verb RUN_IN = new Verb("ran in it");
    static final Verb REPORT = new Verb("reported it");
}
