/** The pinned PTX of the CUDA kernels: how it is built from its sources, and how it is read and verified. */
package org.cudaconvnet.kernels.ptx;
