// Instructions of warps that sm_75 does not all have, for nvcc -arch=sm_80. Twins in Java: TypicalKernelsTest.

extern "C" __global__ void match_and_reduce(const int* in, int* out) {
    int value = in[threadIdx.x];
    int everyone = 0;
    unsigned same = __match_any_sync(0xffffffff, value);
    unsigned all = __match_all_sync(0xffffffff, value, &everyone);
    int* own = out + 8 * threadIdx.x;
    own[0] = same;
    own[1] = all;
    own[2] = everyone;
    own[3] = __reduce_add_sync(0xffffffff, value);
    own[4] = __reduce_min_sync(0xffffffff, value);
    own[5] = __reduce_max_sync(0xffffffff, static_cast<unsigned>(value));
    own[6] = __reduce_xor_sync(0xffffffff, static_cast<unsigned>(value));
    own[7] = __reduce_and_sync(same, static_cast<unsigned>(value) + threadIdx.x);
}
