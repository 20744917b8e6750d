import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What was measured of each contender, round by round. */
final class Measurements<T> {

    private final Map<Contender, List<T>> rounds = new HashMap<>();

    void add(Contender contender, T measured) {
        rounds.computeIfAbsent(contender, absent -> new ArrayList<>()).add(measured);
    }

    Spread spread(Contender contender, ToDoubleFunction<T> figure) {
        return Spread.of(
                rounds.get(contender).stream().map(figure::applyAsDouble).toList());
    }

    /** One contender's figure by another's of the same round. */
    Spread ratio(Contender one, Contender other, ToDoubleFunction<T> figure) {
        List<T> ones = rounds.get(one);
        List<T> others = rounds.get(other);
        return Spread.of(IntStream.range(0, ones.size())
                .mapToObj(round -> figure.applyAsDouble(ones.get(round)) / figure.applyAsDouble(others.get(round)))
                .toList());
    }
}
