package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/**
 * A launch that is done.
 *
 * @param laneInstructions PTX instructions times the GPU threads that executed them
 */
public record LaunchRecord(String kernel, LaunchGeometry geometry, long laneInstructions) {
}
