package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.PortableMath;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.XorwowStates;

/** Plain Java. */
final class ScalarXorwowLoops implements XorwowLoops {
    private static final int STREAMS = RandomStreams.COUNT;

    @Override
    public void draw(int[] states, int stream, int length, float scale, float[] target, int targetStart) {
        for (int i = 0; i < length; i++) {
            int at = stream + i;
            int t = states[at] ^ states[at] >>> 2;
            states[at] = states[STREAMS + at];
            states[STREAMS + at] = states[2 * STREAMS + at];
            states[2 * STREAMS + at] = states[3 * STREAMS + at];
            int last = states[4 * STREAMS + at];
            states[3 * STREAMS + at] = last;
            last ^= last << 4 ^ t ^ t << 1;
            states[4 * STREAMS + at] = last;
            int counter = states[XorwowStates.WEYL * STREAMS + at] + XorwowStates.WEYL_STEP;
            states[XorwowStates.WEYL * STREAMS + at] = counter;
            int x = last + counter;
            target[targetStart + i] = Math.fma(Math.fma(x >>> 16, 0x1p16f, x & 0xffff), scale, scale / 2);
        }
    }

    @Override
    public void boxMuller(float[] uniforms, int uniformsStart, float[] angles, int anglesStart, int length) {
        for (int i = 0; i < length; i++) {
            float radius = (float) Math.sqrt(-2 * PortableMath.log(uniforms[uniformsStart + i]));
            float angle = angles[anglesStart + i];
            uniforms[uniformsStart + i] = radius * PortableMath.sin(angle);
            angles[anglesStart + i] = radius * PortableMath.cos(angle);
        }
    }
}
