package io.spinnaker.stats.verdict;

/**
 * A verb for having a label, in sentences about "instances".
 *
 * @param past "used it"
 * @param present "use it"
 */
record Verb(String past, String present) {

    static final Verb USE = new Verb("used it", "use it");
    static final Verb USE_REGULARLY = new Verb("used it regularly", "use it regularly");
    static final Verb RUN = new Verb("ran it", "run it");
    static final Verb RUN_IN = new Verb("ran in it", "run in it");
    static final Verb REPORT = new Verb("reported it", "report it");
}
