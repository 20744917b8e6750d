package compare;

import common.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Results of each implementation, one per round. */
final class Measurements<T> {

    private final Map<Implementation, List<T>> results = new HashMap<>();

    void add(Implementation implementation, T result) {
        results.computeIfAbsent(implementation, absent -> new ArrayList<>()).add(result);
    }

    Summary summary(Implementation implementation, ToDoubleFunction<T> figure) {
        return Summary.of(
                results.get(implementation).stream().map(figure::applyAsDouble).toList());
    }

    /** Divides a figure of one implementation by that of another in the same round. */
    Summary ratio(Implementation one, Implementation other, ToDoubleFunction<T> figure) {
        List<T> ones = results.get(one);
        List<T> others = results.get(other);
        return Summary.of(IntStream.range(0, ones.size())
                .mapToObj(round -> figure.applyAsDouble(ones.get(round)) / figure.applyAsDouble(others.get(round)))
                .toList());
    }
}
