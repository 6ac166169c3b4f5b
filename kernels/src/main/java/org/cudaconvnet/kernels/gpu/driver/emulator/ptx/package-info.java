/** Reads the text of a PTX module (PTX ISA, chapters "Syntax" to "Directives") into plain records; knows nothing of what instructions do. */
package org.cudaconvnet.kernels.gpu.driver.emulator.ptx;
