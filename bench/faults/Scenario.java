package faults;

/** The course of a fault: a warm-up without it, the fault, and the recovery. */
interface Scenario {

    /** Returns once no request is in flight. */
    void run(TestHarness harness) throws Exception;
}
