package org.cudaconvnet.datasets.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.datasets.DatasetException;
import org.cudaconvnet.datasets.numpy.RandomState;

/**
 * The order of images under {@code train/CLASS} and {@code test/CLASS}, with any folders above. Classes are numbered in the order of
 * their names. Training images are sorted by class and name, then shuffled by NumPy's permutation of a seed; test images stay sorted.
 * So the order depends on names only, not on the order of the archive.
 */
final class FolderOrder {
    private static final Pattern PATH = Pattern.compile("(?:.*/)?(train|test)/([^/]+)/[^/]+");
    private static final Pattern IMAGE = Pattern.compile(".*\\.(jpe?g|png)");

    private final Path source;
    private final List<String> labelNames;
    private final Map<String, Integer> labels = new HashMap<>();
    private final Map<String, String> classes = new HashMap<>();
    private final List<String> train = new ArrayList<>();
    private final List<String> test = new ArrayList<>();

    /** @param fewestTrain how many training images there must be */
    FolderOrder(Path source, List<String> names, int fewestTrain, long shuffleSeed) {
        this.source = source;
        List<String> sorted = new ArrayList<>();
        for (String name : names) {
            if (isImage(name)) {
                Matcher path = path(name);
                (path.group(1).equals("train") ? sorted : test).add(name);
                classes.put(name, path.group(2));
            }
        }
        if (sorted.size() < fewestTrain) {
            throw new DatasetException(source + ": " + sorted.size() + " training images, expected at least " + fewestTrain
                    + " in train/CLASS/*.jpg or *.png, or the files of CIFAR-10");
        }
        labelNames = List.copyOf(new TreeSet<>(sorted.stream().map(classes::get).toList()));
        for (int label = 0; label < labelNames.size(); label++) {
            labels.put(labelNames.get(label), label);
        }
        checkTestClasses();
        Comparator<String> byClassAndName = Comparator.<String, String>comparing(classes::get).thenComparing(Comparator.naturalOrder());
        sorted.sort(byClassAndName);
        test.sort(byClassAndName);
        for (int index : new RandomState(shuffleSeed).permutation(sorted.size())) {
            train.add(sorted.get(index));
        }
    }

    /** Names of the training images. */
    List<String> train() {
        return train;
    }

    /** Names of the test images. */
    List<String> test() {
        return test;
    }

    List<String> labelNames() {
        return labelNames;
    }

    int label(String name) {
        return labels.get(classes.get(name));
    }

    private void checkTestClasses() {
        if (test.isEmpty()) {
            throw new DatasetException(source + ": no test images, expected some in test/CLASS/*.jpg or *.png");
        }
        for (String name : test) {
            if (!labels.containsKey(classes.get(name))) {
                throw new DatasetException(source + ": entry " + name + ": class " + classes.get(name)
                        + ", expected one of the training classes " + labelNames);
            }
        }
    }

    private static boolean isImage(String name) {
        return IMAGE.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private Matcher path(String name) {
        Matcher matcher = PATH.matcher(name);
        if (!matcher.matches()) {
            throw new DatasetException(source + ": entry " + name + ": expected images in train/CLASS or test/CLASS");
        }
        return matcher;
    }
}
