package org.cudaconvnet.datasets.convert;

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
import org.cudaconvnet.datasets.archive.Entries;
import org.cudaconvnet.datasets.batch.BatchDirectoryWriter;
import org.cudaconvnet.datasets.numpy.RandomState;

/**
 * Images under {@code train/CLASS} and {@code test/CLASS}, with any folders above. Classes are numbered in the order of their names.
 * Training images are sorted by class and name, then shuffled by NumPy's permutation of a seed, and split evenly into batches; test
 * images stay sorted and make the batch after the last. So the result depends on names and pixels only, not on the order of the
 * archive or the number of threads.
 */
final class ImageFolder {
    private static final Pattern PATH = Pattern.compile("(?:.*/)?(train|test)/([^/]+)/[^/]+");
    private static final Pattern IMAGE = Pattern.compile(".*\\.(jpe?g|png)");
    private static final int FEWEST_BATCHES = 5;
    private static final int LARGEST_BATCH = 10_000;
    private static final int LARGEST_FILE = 64 << 20;

    private final Entries entries;
    private final List<String> labelNames;
    /** Names of all images in the order of the batch files. */
    private final List<String> order = new ArrayList<>();
    /** Where batch i + 1 begins in that order; one more for the end. */
    private final int[] begins;

    ImageFolder(Entries entries, List<String> names, Conversion.Options options) {
        this.entries = entries;
        List<String> train = new ArrayList<>();
        List<String> test = new ArrayList<>();
        for (String name : names) {
            if (isImage(name)) {
                (split(name).equals("train") ? train : test).add(name);
            }
        }
        labelNames = List.copyOf(new TreeSet<>(train.stream().map(this::labelName).toList()));
        int trainBatches = trainBatches(train.size(), options.trainBatches());
        checkTestClasses(test);
        Comparator<String> byClassAndName = Comparator.comparing(this::labelName).thenComparing(Comparator.naturalOrder());
        train.sort(byClassAndName);
        test.sort(byClassAndName);
        for (int index : new RandomState(options.shuffleSeed()).permutation(train.size())) {
            order.add(train.get(index));
        }
        order.addAll(test);
        begins = new int[trainBatches + 2];
        for (int batch = 0; batch <= trainBatches; batch++) {
            begins[batch] = (int) ((long) train.size() * batch / trainBatches);
        }
        begins[trainBatches + 1] = order.size();
    }

    void convert(BatchDirectoryWriter writer, Conversion.Progress progress) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < order.size(); place++) {
            places.put(order.get(place), place);
        }
        DecodedImages images = new DecodedImages(begins, progress);
        try (images) {
            entries.forEach(entry -> {
                Integer place = places.get(entry.name());
                if (place != null) {
                    images.decode(place, entry.bytes(LARGEST_FILE), entries.source() + ": entry " + entry.name());
                }
            });
            images.finish();
        }
        BatchAssembly assembly = new BatchAssembly(writer, images.numVis());
        int testBatch = begins.length - 1;
        for (int number = 1; number <= testBatch; number++) {
            byte[] batch = images.take(number);
            if (number < testBatch) {
                assembly.addTrainingBatch(number, batch, labels(number));
            } else {
                assembly.addTestBatch(number, batch, labels(number));
            }
        }
        assembly.finish(labelNames, entries.source());
    }

    private int[] labels(int number) {
        return order.subList(begins[number - 1], begins[number]).stream().mapToInt(name -> labelNames.indexOf(labelName(name))).toArray();
    }

    private int trainBatches(int trainImages, int wanted) {
        int batches = wanted > 0 ? wanted : Math.max(FEWEST_BATCHES, (trainImages + LARGEST_BATCH - 1) / LARGEST_BATCH);
        if (trainImages < batches) {
            throw new DatasetException(entries.source() + ": " + trainImages + " training images, expected at least " + batches
                    + " in train/CLASS/*.jpg or *.png, or the files of CIFAR-10");
        }
        return batches;
    }

    private void checkTestClasses(List<String> test) {
        if (test.isEmpty()) {
            throw new DatasetException(entries.source() + ": no test images, expected some in test/CLASS/*.jpg or *.png");
        }
        for (String name : test) {
            if (!labelNames.contains(labelName(name))) {
                throw new DatasetException(entries.source() + ": entry " + name + ": class " + labelName(name)
                        + ", expected one of the training classes " + labelNames);
            }
        }
    }

    private static boolean isImage(String name) {
        return IMAGE.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private String split(String name) {
        return path(name).group(1);
    }

    private String labelName(String name) {
        return path(name).group(2);
    }

    private Matcher path(String name) {
        Matcher matcher = PATH.matcher(name);
        if (!matcher.matches()) {
            throw new DatasetException(entries.source() + ": entry " + name + ": expected images in train/CLASS or test/CLASS");
        }
        return matcher;
    }
}
