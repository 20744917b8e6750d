/** How a fault happens, from a healthy start to the recovery. */
interface Course {

    /** Returns when no request is in flight. */
    void run(Rig rig) throws Exception;
}
