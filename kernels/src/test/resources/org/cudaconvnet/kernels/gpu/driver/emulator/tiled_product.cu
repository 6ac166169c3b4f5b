// c = scale * a^T b with 64x64 tiles: a is k x m, b is k x n, c is n x m (row-major). Grid (ceil(m/64), ceil(n/64)), 256 threads.
#include "test_device.cuh"

extern "C" __global__ void tiled_product(const float* __restrict__ a, const float* __restrict__ b, float* c, int m, int n, int k, float scale) {
    __shared__ float as[16][64];
    __shared__ float bs[16][64];
    int tx = tidx % 16, ty = tidx / 16;
    float sum[4][4];
#pragma unroll
    for (int i = 0; i < 4; i++)
#pragma unroll
        for (int j = 0; j < 4; j++) sum[i][j] = 0;
    int bx = bidx * 64, by = __nvvm_read_ptx_sreg_ctaid_y() * 64;
    for (int k0 = 0; k0 < k; k0 += 16) {
        for (int i = tidx; i < 16 * 64; i += 256) {
            int row = i / 64, column = i % 64;
            as[row][column] = k0 + row < k && bx + column < m ? a[(k0 + row) * m + bx + column] : 0;
            bs[row][column] = k0 + row < k && by + column < n ? b[(k0 + row) * n + by + column] : 0;
        }
        __syncthreads();
#pragma unroll
        for (int kk = 0; kk < 16; kk++) {
#pragma unroll
            for (int i = 0; i < 4; i++)
#pragma unroll
                for (int j = 0; j < 4; j++) sum[i][j] = __builtin_fmaf(as[kk][tx * 4 + i], bs[kk][ty * 4 + j], sum[i][j]);
        }
        __syncthreads();
    }
#pragma unroll
    for (int i = 0; i < 4; i++)
#pragma unroll
        for (int j = 0; j < 4; j++)
            if (bx + tx * 4 + i < m && by + ty * 4 + j < n) c[(by + ty * 4 + j) * m + bx + tx * 4 + i] = sum[i][j] * scale;
}
