/** Whether nets give the same bits on one device and on several, and whether that check would notice if they did not. */
package org.cudaconvnet.engine.devicecheck;
