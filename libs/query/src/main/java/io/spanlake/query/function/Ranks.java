package io.spanlake.query.function;

/** The number of a rank among many, without sorting them all. */
final class Ranks {
    private Ranks() {}

    /** Puts the number of the rank in its place, none larger before it and none smaller behind; gives it. */
    static double at(double[] numbers, int count, int rank) {
        int first = 0;
        int last = count - 1;
        while (first < last) {
            double pivot = median(numbers[first], numbers[(first + last) >>> 1], numbers[last]);
            int low = first;
            int high = last;
            while (low <= high) {
                while (Double.compare(numbers[low], pivot) < 0) {
                    low++;
                }
                while (Double.compare(numbers[high], pivot) > 0) {
                    high--;
                }
                if (low <= high) {
                    double swapped = numbers[low];
                    numbers[low++] = numbers[high];
                    numbers[high--] = swapped;
                }
            }
            if (rank <= high) {
                last = high;
            } else if (rank >= low) {
                first = low;
            } else {
                break;
            }
        }
        return numbers[rank];
    }

    /** After {@link #at}: the number of the next rank, which has to be one. */
    static double smallestBehind(double[] numbers, int count, int rank) {
        double smallest = numbers[rank + 1];
        for (int i = rank + 2; i < count; i++) {
            smallest = Double.compare(numbers[i], smallest) < 0 ? numbers[i] : smallest;
        }
        return smallest;
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
