package io.spinnaker.stats.pictures;

import java.util.Locale;

/** The colours of the page, as {@code style.css} defines them for light and dark. */
enum Color {
    CARD("#ffffff", "#172025"),
    INK("#15232a", "#e8eff2"),
    MUTED("#52636c", "#a3b3bb"),
    LINE("#dbe3e7", "#2c3a41"),
    RAISED("#eaf0f2", "#212d33"),
    SERIES_1("#0b7a8f", "#3bb4cc"),
    SERIES_2("#d2601a", "#f2974f"),
    SERIES_3("#6a4bb6", "#ab95ee"),
    SERIES_4("#4c8b2b", "#8ecb6c"),
    SERIES_5("#b8336a", "#f083b0"),
    SERIES_6("#927100", "#dcbc3f"),
    SERIES_7("#2b62c6", "#7eabff"),
    SERIES_8("#7a4a2a", "#c79b7c"),
    REMAINDER("#84929a", "#6b7b84"),
    OTHER("#9aa7ae", "#56656d");

    private final String light;
    private final String dark;

    Color(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** The variable of {@code style.css} that holds the colour. */
    String variable() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The colour in a file that stands alone. */
    String in(Theme theme) {
        return theme == Theme.LIGHT ? light : dark;
    }

    /** The colour in the page, whose theme can change. */
    String inPage() {
        return "var(" + variable() + ", " + light + ")";
    }
}
