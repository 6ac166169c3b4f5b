/**
 * Passes over several devices: one thread and queue per device, steps in an order that is fixed before the pass, and copies between
 * devices (spec: two-gpu.md). Knows matrices and names of layers, but nothing of what layers do.
 */
package org.cudaconvnet.engine.parallel;
