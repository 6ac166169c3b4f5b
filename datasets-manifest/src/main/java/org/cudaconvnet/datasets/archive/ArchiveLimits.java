package org.cudaconvnet.datasets.archive;

/**
 * What an archive may unpack to; protects against small files that claim to hold everything.
 *
 * @param entryBytes largest size of one file
 * @param totalBytes largest size of all files together
 */
public record ArchiveLimits(long entryBytes, long totalBytes) {
    /** Room for a batch file of 10 000 images of 256 x 256 pixels, and for all of ILSVRC. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(1L << 31, 1L << 38);
}
