/*
 * A stand-in for the CUDA driver's library, for tests on machines without a GPU: two devices whose memory is host memory. Kernels do
 * nothing. Work is done as late as the driver API allows: copies of page-locked memory, copies between devices and fills wait in a queue
 * until somebody waits for them, so that whoever reads too early gets old bytes, and whoever overwrites too early sends new ones.
 *
 * Every call is written to the file STANDIN_LOG with the device whose context is current; what a real driver would refuse, or would let
 * pass with undefined results, as "violation: ...". Further variables: STANDIN_INIT result of cuInit, STANDIN_VERSION, STANDIN_PEERS=0 no
 * peer access, STANDIN_LOCKABLE bytes that can be page-locked at once, STANDIN_FLIP=peer or host flips a bit in long copies of that kind.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, INVALID_CONTEXT = 201, PEER_ALREADY_ENABLED = 704 };
enum { DEVICES = 2, LONG_COPY = 1 << 18 };
typedef uint64_t Address;

typedef struct Context { int device, alive; struct Context *peers[DEVICES]; long issued, done; struct Work *first, *last; } Context;
typedef struct Allocation { char *start; size_t bytes; Context *owner; int onHost; struct Allocation *next; } Allocation;
/* A copy, a fill where source is null, or only a number in the queue where target is null. */
typedef struct Work { long number; char *target; const char *source; size_t bytes; unsigned fill; int flip; struct Work *next; } Work;
typedef struct { Context *owner; long number; } Mark;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local Context *current;
static Context contexts[64];
static int opened;
static Allocation *allocations;
static size_t locked;

static long setting(const char *name, long otherwise) {
    const char *value = getenv(name);
    return value ? atol(value) : otherwise;
}

static void note(const char *format, ...) {
    static FILE *log;
    if (!log && !(log = getenv("STANDIN_LOG") ? fopen(getenv("STANDIN_LOG"), "a") : stderr)) {
        abort();
    }
    va_list arguments;
    va_start(arguments, format);
    vfprintf(log, format, arguments);
    va_end(arguments);
    fputc('\n', log);
    fflush(log);
}

static int violation(int result, const char *call, const char *what) {
    note("violation: %s: %s", call, what);
    return result;
}

static Allocation *find(const void *address, size_t bytes) {
    for (Allocation *a = allocations; a; a = a->next) {
        if ((char *)address >= a->start && (char *)address + bytes <= a->start + a->bytes) {
            return a;
        }
    }
    return NULL;
}

static int onDevice(Address address, size_t bytes, Context *owner) {
    Allocation *a = find((void *)address, bytes);
    return a && !a->onHost && a->owner == owner;
}

static void issue(char *target, const void *source, size_t bytes, unsigned fill, int flip) {
    Work *work = malloc(sizeof *work);
    *work = (Work){++current->issued, target, source, bytes, fill, flip, NULL};
    current->first ? (current->last->next = work) : (current->first = work);
    current->last = work;
}

/* Does the work of a context up to a number. */
static void finish(Context *context, long number) {
    while (context->first && context->first->number <= number) {
        Work *work = context->first;
        if (work->source) {
            memcpy(work->target, work->source, work->bytes);
        } else {
            for (size_t i = 0; i + 4 <= work->bytes; i += 4) {
                memcpy(work->target + i, &work->fill, 4);
            }
        }
        if (work->flip) {
            work->target[work->bytes - 4] ^= 1;
        }
        context->first = work->next;
        free(work);
    }
    context->done = number > context->done ? number : context->done;
}

static int touches(const Work *work, const Allocation *a) {
    return (work->target >= a->start && work->target < a->start + a->bytes) || (work->source >= a->start && work->source < a->start + a->bytes);
}

static int isWritten(const Context *context, Address address) {
    const Allocation *a = find((void *)address, 1);
    for (const Work *work = context->first; work; work = work->next) {
        if (work->target >= a->start && work->target < a->start + a->bytes) {
            return 1;
        }
    }
    return 0;
}

/* In work of any context but one. */
static int isInUse(const Allocation *a, const Context *but) {
    for (int i = 0; i < opened; i++) {
        for (Work *work = &contexts[i] != but && contexts[i].alive ? contexts[i].first : NULL; work; work = work->next) {
            if (touches(work, a)) {
                return 1;
            }
        }
    }
    return 0;
}

static int flips(const char *kind, size_t bytes) {
    const char *flip = getenv("STANDIN_FLIP");
    return flip && !strcmp(flip, kind) && bytes > LONG_COPY;
}

/* Begins a call that needs a current context, as nearly all do. */
static int enter(const char *call) {
    pthread_mutex_lock(&lock);
    note("%s on %d", call, current ? current->device : -1);
    if (current && current->alive) {
        return SUCCESS;
    }
    return violation(INVALID_CONTEXT, call, "no context is current in this thread");
}

static int leave(int result) {
    pthread_mutex_unlock(&lock);
    return result;
}

#define ENTER do { int entered = enter(__func__); if (entered) return leave(entered); } while (0)
#define REQUIRE(good, what) do { if (!(good)) return leave(violation(INVALID_VALUE, __func__, what)); } while (0)

int cuInit(unsigned flags) { return (int)setting("STANDIN_INIT", SUCCESS); }
int cuDriverGetVersion(int *version) { *version = (int)setting("STANDIN_VERSION", 12040); return SUCCESS; }
int cuDeviceGetCount(int *count) { *count = DEVICES; return SUCCESS; }
int cuDeviceGet(int *device, int ordinal) { *device = ordinal; return SUCCESS; }
int cuDeviceGetName(char *name, int length, int device) { snprintf(name, length, "stand-in %d", device); return SUCCESS; }
int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = (size_t)1 << 34; return SUCCESS; }
int cuDeviceGetAttribute(int *value, int attribute, int device) {
    *value = attribute == 75 ? 8 : attribute == 76 ? 6 : attribute == 8 ? 49152 : attribute == 1 ? 1024 : 16;
    return SUCCESS;
}
int cuDeviceCanAccessPeer(int *can, int device, int peer) { *can = device != peer && setting("STANDIN_PEERS", 1); return SUCCESS; }

int cuCtxCreate_v2(Context **context, unsigned flags, int device) {
    pthread_mutex_lock(&lock);
    if (opened == 64) {
        return leave(OUT_OF_MEMORY);
    }
    *context = current = &contexts[opened++];
    *current = (Context){.device = device, .alive = 1};
    note("cuCtxCreate on %d", device);
    return leave(SUCCESS);
}

int cuCtxDestroy_v2(Context *context) {
    pthread_mutex_lock(&lock);
    note("%s on %d", __func__, context->device);
    finish(context, context->issued);
    context->alive = 0;
    for (Allocation **a = &allocations; *a;) {
        if ((*a)->owner == context) {
            if (isInUse(*a, NULL)) {
                violation(0, __func__, "another device still copies from memory of this one");
            }
            *a = (*a)->next;
        } else {
            a = &(*a)->next;
        }
    }
    return leave(SUCCESS);
}

int cuCtxSetCurrent(Context *context) { current = context; return SUCCESS; }
int cuCtxSynchronize(void) { ENTER; finish(current, current->issued); return leave(SUCCESS); }

int cuCtxEnablePeerAccess(Context *peer, unsigned flags) {
    ENTER;
    REQUIRE(peer != current && peer->alive && setting("STANDIN_PEERS", 1), "no such access");
    if (current->peers[peer->device] == peer) {
        return leave(PEER_ALREADY_ENABLED);
    }
    current->peers[peer->device] = peer;
    return leave(SUCCESS);
}

int cuMemGetInfo_v2(size_t *available, size_t *total) { ENTER; *available = *total = (size_t)1 << 34; return leave(SUCCESS); }

static void allocate(void **start, size_t bytes, int onHost) {
    Allocation *a = malloc(sizeof *a);
    *a = (Allocation){calloc(1, bytes), bytes, current, onHost, allocations};
    allocations = a;
    *start = a->start;
}

static int release(const char *call, void *start, int onHost) {
    for (Allocation **a = &allocations; *a; a = &(*a)->next) {
        if ((*a)->start == start && (*a)->onHost == onHost && (onHost || (*a)->owner == current)) {
            int inUse = isInUse(*a, NULL);
            memset((*a)->start, 0xee, (*a)->bytes);
            locked -= onHost ? (*a)->bytes : 0;
            *a = (*a)->next;
            return inUse ? violation(SUCCESS, call, "a copy from or to this memory is still under way") : SUCCESS;
        }
    }
    return violation(INVALID_VALUE, call, "not an allocation of the current context");
}

int cuMemAlloc_v2(Address *address, size_t bytes) { ENTER; allocate((void **)address, bytes, 0); return leave(SUCCESS); }
int cuMemFree_v2(Address address) { ENTER; return leave(release(__func__, (void *)address, 0)); }
int cuMemFreeHost(void *start) { ENTER; return leave(release(__func__, start, 1)); }

int cuMemHostAlloc(void **start, size_t bytes, unsigned flags) {
    ENTER;
    if (locked + bytes > (size_t)setting("STANDIN_LOCKABLE", 1L << 32)) {
        return leave(OUT_OF_MEMORY);
    }
    REQUIRE(flags == 1, "expected memory that is page-locked for all contexts");
    locked += bytes;
    allocate(start, bytes, 1);
    return leave(SUCCESS);
}

int cuMemcpyHtoD_v2(Address target, const void *source, size_t bytes) {
    ENTER;
    REQUIRE(onDevice(target, bytes, current), "the target is no memory of the current context");
    finish(current, current->issued);
    memcpy((void *)target, source, bytes);
    return leave(SUCCESS);
}

int cuMemcpyDtoH_v2(void *target, Address source, size_t bytes) {
    ENTER;
    REQUIRE(onDevice(source, bytes, current), "the source is no memory of the current context");
    finish(current, current->issued);
    memcpy(target, (void *)source, bytes);
    return leave(SUCCESS);
}

/* Memory that is not page-locked is copied before the call returns. */
static void copyOnHost(const void *host, Address target, const void *source, size_t bytes, int flip) {
    Allocation *a = find(host, bytes);
    issue((char *)target, source, bytes, 0, flip);
    if (!a || !a->onHost) {
        note("copy of pageable memory");
        finish(current, current->issued);
    }
}

int cuMemcpyHtoDAsync_v2(Address target, const void *source, size_t bytes, void *stream) {
    ENTER;
    REQUIRE(onDevice(target, bytes, current), "the target is no memory of the current context");
    copyOnHost(source, target, source, bytes, flips("host", bytes));
    return leave(SUCCESS);
}

int cuMemcpyDtoHAsync_v2(void *target, Address source, size_t bytes, void *stream) {
    ENTER;
    Allocation *host = find(target, bytes);
    REQUIRE(!host || !isInUse(host, current), "another device still copies this host memory");
    REQUIRE(onDevice(source, bytes, current), "the source is no memory of the current context");
    copyOnHost(target, (Address)target, (void *)source, bytes, 0);
    return leave(SUCCESS);
}

int cuMemcpyDtoDAsync_v2(Address target, Address source, size_t bytes, void *stream) {
    ENTER;
    REQUIRE(onDevice(target, bytes, current) && onDevice(source, bytes, current), "no memory of the current context");
    issue((char *)target, (void *)source, bytes, 0, 0);
    return leave(SUCCESS);
}

int cuMemcpyPeerAsync(Address target, Context *to, Address source, Context *from, size_t bytes, void *stream) {
    ENTER;
    REQUIRE(onDevice(target, bytes, to) && onDevice(source, bytes, from), "memory and contexts do not fit");
    REQUIRE(to->peers[from->device] == from && from->peers[to->device] == to, "access between the contexts is not enabled in both directions");
    REQUIRE(!isWritten(from, source), "the source is not complete yet");
    issue((char *)target, (void *)source, bytes, 0, flips("peer", bytes));
    return leave(SUCCESS);
}

int cuMemsetD32Async(Address target, unsigned value, size_t words, void *stream) {
    ENTER;
    REQUIRE(onDevice(target, words * 4, current), "no memory of the current context");
    issue((char *)target, NULL, words * 4, value, 0);
    return leave(SUCCESS);
}

/* Modules and functions are known by the context that they belong to. */
static int ofCurrentContext(void *handle) { return *(Context **)handle == current; }

static void *newHandle(void) {
    Context **handle = malloc(sizeof(Mark));
    *handle = current;
    return handle;
}

int cuModuleLoadData(void **module, const char *image) {
    ENTER;
    REQUIRE(strstr(image, ".version") && strstr(image, ".entry"), "no PTX");
    *module = newHandle();
    return leave(SUCCESS);
}

int cuModuleUnload(void *module) { ENTER; REQUIRE(ofCurrentContext(module), "a module of another context"); return leave(SUCCESS); }

int cuModuleGetFunction(void **function, void *module, const char *name) {
    ENTER;
    REQUIRE(ofCurrentContext(module), "a module of another context");
    *function = newHandle();
    return leave(SUCCESS);
}

int cuFuncSetAttribute(void *function, int attribute, int value) {
    ENTER;
    REQUIRE(ofCurrentContext(function), "a kernel of another context");
    return leave(SUCCESS);
}

int cuLaunchKernel(void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void *stream,
        void **arguments, void **extra) {
    ENTER;
    REQUIRE(ofCurrentContext(function), "a kernel of another context");
    issue(NULL, NULL, 0, 0, 0);
    return leave(SUCCESS);
}

int cuStreamCreate(void **stream, unsigned flags) { ENTER; *stream = newHandle(); return leave(SUCCESS); }
int cuStreamDestroy_v2(void *stream) { ENTER; REQUIRE(ofCurrentContext(stream), "a stream of another context"); return leave(SUCCESS); }
int cuStreamSynchronize(void *stream) {
    ENTER;
    REQUIRE(!stream || ofCurrentContext(stream), "a stream of another context");
    finish(current, current->issued);
    return leave(SUCCESS);
}

int cuStreamWaitEvent(void *stream, Mark *event, unsigned flags) { ENTER; finish(event->owner, event->number); return leave(SUCCESS); }
int cuEventCreate(Mark **event, unsigned flags) { ENTER; *event = newHandle(); (*event)->number = 0; return leave(SUCCESS); }
int cuEventRecord(Mark *event, void *stream) {
    ENTER;
    REQUIRE(event->owner == current, "an event of another context");
    event->number = current->issued;
    return leave(SUCCESS);
}
int cuEventSynchronize(Mark *event) { ENTER; finish(event->owner, event->number); return leave(SUCCESS); }
int cuEventElapsedTime(float *milliseconds, Mark *start, Mark *end) { *milliseconds = 1; return SUCCESS; }
int cuEventDestroy_v2(Mark *event) { ENTER; REQUIRE(event->owner == current, "an event of another context"); return leave(SUCCESS); }
