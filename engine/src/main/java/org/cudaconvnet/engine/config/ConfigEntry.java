package org.cudaconvnet.engine.config;

/**
 * The value of one key as it stands in the file, before interpolation.
 *
 * @param line number of the line with the key, from 1
 */
record ConfigEntry(String text, int line) {
    ConfigEntry continuedBy(String more) {
        return new ConfigEntry(text + "\n" + more, line);
    }
}
