package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.PortableMath;

/** The functions that the 2012 kernels composed of approximate instructions. */
interface ElementFunctions {
    ElementFunctions PORTABLE = new ElementFunctions() {
        @Override
        public float exp(float x) {
            return PortableMath.exp(x);
        }

        @Override
        public float log(float x) {
            return PortableMath.log(x);
        }

        @Override
        public float pow(float x, float y) {
            return PortableMath.pow(x, y);
        }
    };

    static ElementFunctions of(Arithmetic arithmetic) {
        return arithmetic == Arithmetic.PORTABLE ? PORTABLE : new RoundedElementFunctions();
    }

    float exp(float x);

    float log(float x);

    float pow(float x, float y);
}
