// Divergent loops, a switch, a device function that is not inlined, local arrays, early exit, shuffles and atomics. 96 threads per block.
#include "test_device.cuh"

__device__ __noinline__ int collatz_steps(unsigned n) {
    int steps = 0;
    while (n != 1) {
        n = n % 2 ? 3 * n + 1 : n / 2;
        steps++;
    }
    return steps;
}

extern "C" __global__ void collatz(const int* in, int* out, int count) {
    int i = bidx * bdx + tidx;
    if (i >= count) return;
    out[i] = collatz_steps(in[i]);
}

extern "C" __global__ void switched(const int* in, int* out) {
    int i = bidx * bdx + tidx;
    int value = in[i];
    switch (value) {
        case 0: out[i] = value * 3 + i; break;
        case 1: out[i] = value - 7; break;
        case 2: out[i] = i * i; break;
        case 3: out[i] = out[i] + 1; break;
        case 4: out[i] = ~i; break;
        case 5: out[i] = in[(i + 1) % 96]; break;
        default: out[i] = -value;
    }
}

extern "C" __global__ void sorted_by_thread(const float* in, float* out) {
    float values[8];
    int base = (bidx * bdx + tidx) * 8;
    for (int i = 0; i < 8; i++) values[i] = in[base + i];
#pragma nounroll
    for (int i = 1; i < 8; i++) {
#pragma nounroll
        for (int j = i; j > 0 && values[j - 1] > values[j]; j--) {
            float t = values[j]; values[j] = values[j - 1]; values[j - 1] = t;
        }
    }
#pragma nounroll
    for (int i = 0; i < 8; i++) out[base + i] = values[i];
}

extern "C" __global__ void histogram(const unsigned char* in, int* bins, int count) {
    __shared__ int local[16];
    if (tidx < 16) local[tidx] = 0;
    __syncthreads();
    for (int i = bidx * bdx + tidx; i < count; i += bdx * __nvvm_read_ptx_sreg_nctaid_x()) {
        __nvvm_atom_add_gen_i(&local[in[i] & 15], 1);
    }
    __syncthreads();
    if (tidx < 16) __nvvm_atom_add_gen_i(&bins[tidx], local[tidx]);
}
