package org.cudaconvnet.engine.train;

import java.util.Map;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.data.DataProvider;

/**
 * Refuses batches that hold anything but finite numbers or a label that is no class, before they reach the net.
 *
 * @param labelClasses number of classes by the dataIdx of the label matrices
 */
record BatchCheck(Map<Integer, Integer> labelClasses) {
    void require(DataProvider.Batch batch) {
        for (int k = 0; k < batch.matrices().size(); k++) {
            if (!(batch.matrices().get(k) instanceof HostMatrix matrix)) {
                // Formed from bytes and finite means when they are asked for.
                continue;
            }
            float[] values = matrix.values();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw bad(batch, k, matrix, i, "a finite number");
                }
            }
            if (labelClasses.containsKey(k)) {
                int classes = labelClasses.get(k);
                for (int i = 0; i < values.length; i++) {
                    if (values[i] < 0 || values[i] >= classes) {
                        throw bad(batch, k, matrix, i, "a label from 0 to " + (classes - 1));
                    }
                }
            }
        }
    }

    private static InputException bad(DataProvider.Batch batch, int k, HostMatrix matrix, int i, String expected) {
        int row = matrix.columnMajor() ? i % matrix.rows() : i / matrix.cols();
        int column = matrix.columnMajor() ? i / matrix.rows() : i % matrix.cols();
        return new InputException("batch " + batch.batchNumber() + ": matrix " + k + ", row " + row + ", case " + column + ": found "
                + matrix.values()[i] + ", expected " + expected);
    }
}
