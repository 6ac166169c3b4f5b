/** The kernels' launchers: one class per operation family, which checks, chooses kernel and geometry, and launches. */
package org.cudaconvnet.kernels.gpu;
