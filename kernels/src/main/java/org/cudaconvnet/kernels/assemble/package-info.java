/** Compiles PTX to machine code for every architecture, without a GPU, a CUDA driver or a CUDA toolkit. */
package org.cudaconvnet.kernels.assemble;
