package io.spinnaker.stats.pictures;

/** The colours of a picture that stands alone. */
public enum Theme {
    LIGHT,
    DARK
}
