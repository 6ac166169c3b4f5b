// What clang needs to compile the test kernels without any CUDA SDK:
// clang-19 -x cuda --cuda-path=/nonexistent -nocudainc -nocudalib --cuda-device-only --cuda-gpu-arch=sm_50
//          -Xclang -target-feature -Xclang +ptx60 -O3 -ffp-contract=off -S -o NAME.ptx NAME.cu
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __noinline__ __attribute__((noinline))
#define tidx __nvvm_read_ptx_sreg_tid_x()
#define bidx __nvvm_read_ptx_sreg_ctaid_x()
#define bdx __nvvm_read_ptx_sreg_ntid_x()
