package org.cudaconvnet.datasets.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cudaconvnet.datasets.DatasetException;

/** Names in CIFAR-10's published archives: data_batch_1 to data_batch_n and test_batch, which becomes data_batch_(n + 1). */
final class CifarNames {
    private final Pattern trainingBatch;
    private final String testBatch;

    /** @param suffix what the names of batches end with */
    CifarNames(String suffix) {
        trainingBatch = Pattern.compile("data_batch_(\\d{1,4})" + Pattern.quote(suffix));
        testBatch = "test_batch" + suffix;
    }

    static String fileName(String entry) {
        return entry.substring(entry.lastIndexOf('/') + 1);
    }

    boolean isTrainingBatch(String entry) {
        return trainingNumber(entry).isPresent();
    }

    OptionalInt trainingNumber(String entry) {
        Matcher matcher = trainingBatch.matcher(fileName(entry));
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    boolean isTestBatch(String entry) {
        return fileName(entry).equals(testBatch);
    }

    /** The number of training batches, once everything is known to be there. */
    int checkComplete(Path source, List<String> entries, String metaName) {
        List<Integer> numbers = entries.stream().flatMapToInt(entry -> trainingNumber(entry).stream()).boxed().sorted().toList();
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != i + 1) {
                throw new DatasetException(source + ": training batches " + numbers + ", expected each number from 1 once");
            }
        }
        for (String needed : List.of(testBatch, metaName)) {
            if (entries.stream().filter(entry -> fileName(entry).equals(needed)).count() != 1) {
                throw new DatasetException(source + ": no file " + needed + " or several, expected one beside the training batches");
            }
        }
        return numbers.size();
    }
}
