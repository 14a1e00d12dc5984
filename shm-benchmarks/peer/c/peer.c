/*
 * The C peers. Each command but one prints lines of an id and a value:
 *   locks              uncontended pairs of a robust mutex and of a semaphore, in ns
 *   segment            create + map + close + unlink of 1 MB, in us
 *   contend            two processes, one robust mutex: for each line of seconds a line of counts of waits
 *   pingpong SECONDS   two processes that spin on two words, on processors 0 and 1
 * Build: gcc -O2 -o peer peer.c -lpthread -lrt
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BUCKETS 496
#define BATCH 100

struct shared {
    pthread_mutex_t mutex __attribute__((aligned(64)));
    sem_t semaphore __attribute__((aligned(64)));
    uint64_t first __attribute__((aligned(64)));
    uint64_t second;
    _Atomic uint64_t ready __attribute__((aligned(64)));
    _Atomic uint64_t ping __attribute__((aligned(64)));
    _Atomic uint64_t pong __attribute__((aligned(64)));
    sem_t go __attribute__((aligned(64)));
    sem_t done;
    double seconds;
    uint64_t waits[2][BUCKETS];
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t) t.tv_sec * 1000000000u + t.tv_nsec;
}

static char name[64];

static void *make(size_t size) {
    int fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600);
    if (fd < 0) fail("shm_open");
    if ((errno = posix_fallocate(fd, 0, size)) != 0) fail("posix_fallocate");
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) fail("mmap");
    close(fd);
    return memory;
}

static struct shared *make_shared(void) {
    struct shared *shared = make(sizeof *shared);
    shm_unlink(name);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&shared->mutex, &attributes);
    sem_init(&shared->semaphore, 1, 1);
    sem_init(&shared->go, 1, 0);
    sem_init(&shared->done, 1, 0);
    return shared;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

/* Noise only adds: the value that one in so many does not exceed. */
static double best(double *values, int count, int among) {
    qsort(values, count, sizeof *values, compare);
    return values[count / among];
}

/* Eight buckets to each power of two: at most 12.5 % off. As WaitHistogram.java. */
static int bucket(uint64_t nanos) {
    if (nanos < 8) return (int) nanos;
    int exponent = 63 - __builtin_clzll(nanos);
    return (exponent - 2) * 8 + (int) ((nanos >> (exponent - 3)) & 7);
}

static void locks(void) {
    enum { ROUNDS = 50, PAIRS = 200000 };
    struct shared *shared = make_shared();
    double mutex[ROUNDS], semaphore[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        uint64_t start = now();
        for (int i = 0; i < PAIRS; i++) {
            if (pthread_mutex_lock(&shared->mutex) != 0) fail("pthread_mutex_lock");
            pthread_mutex_unlock(&shared->mutex);
        }
        mutex[r] = (double) (now() - start) / PAIRS;
        start = now();
        for (int i = 0; i < PAIRS; i++) {
            sem_wait(&shared->semaphore);
            sem_post(&shared->semaphore);
        }
        semaphore[r] = (double) (now() - start) / PAIRS;
    }
    printf("C.robustMutex %.3f\nC.semaphore %.3f\n", best(mutex, ROUNDS, ROUNDS + 1), best(semaphore, ROUNDS, ROUNDS + 1));
}

static void segment(void) {
    enum { ROUNDS = 2001, SIZE = 1 << 20 };
    static double times[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        uint64_t start = now();
        void *memory = make(SIZE);
        munmap(memory, SIZE);
        shm_unlink(name);
        times[r] = (now() - start) / 1000.0;
    }
    printf("C.segment %.3f\n", best(times, ROUNDS, 4));
}

static void meet(struct shared *shared, uint64_t processes) {
    atomic_fetch_add(&shared->ready, 1);
    while (atomic_load(&shared->ready) < processes) {
    }
}

/* A process that ends with this one at the latest. */
static pid_t fork_child(void) {
    pid_t parent = getpid(), child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail("prctl");
        if (getppid() != parent) _exit(1);
    }
    return child;
}

/* The N-th turn of one of two processes. */
static void contend_turn(struct shared *shared, int self, uint64_t turn) {
    meet(shared, 2 * turn);
    uint64_t *waits = shared->waits[self];
    uint64_t end = now() + (uint64_t) (shared->seconds * 1e9), before, after;
    memset(waits, 0, sizeof shared->waits[self]);
    do {
        before = now();
        if (pthread_mutex_lock(&shared->mutex) != 0) fail("pthread_mutex_lock");
        after = now();
        shared->first++;
        shared->second++;
        pthread_mutex_unlock(&shared->mutex);
        waits[bucket(after - before)]++;
    } while (after < end);
}

static void contend_follow(struct shared *shared) {
    for (uint64_t turn = 1;; turn++) {
        while (sem_wait(&shared->go) != 0) {
        }
        if (shared->seconds <= 0) _exit(0);
        contend_turn(shared, 1, turn);
        sem_post(&shared->done);
    }
}

static void contend(void) {
    struct shared *shared = make_shared();
    pid_t child = fork_child();
    if (child == 0) contend_follow(shared);
    char line[64];
    uint64_t operations = 0;
    for (uint64_t turn = 1; fgets(line, sizeof line, stdin) != NULL; turn++) {
        shared->seconds = atof(line);
        sem_post(&shared->go);
        contend_turn(shared, 0, turn);
        while (sem_wait(&shared->done) != 0) {
        }
        for (int i = 0; i < BUCKETS; i++) {
            uint64_t count = shared->waits[0][i] + shared->waits[1][i];
            operations += count;
            printf("%s%llu", i > 0 ? "," : "", (unsigned long long) count);
        }
        printf("\n");
        fflush(stdout);
    }
    shared->seconds = 0;
    sem_post(&shared->go);
    waitpid(child, NULL, 0);
    if (shared->first != operations || shared->second != operations) {
        fprintf(stderr, "Expected %llu additions, found %llu\n", (unsigned long long) operations,
                (unsigned long long) shared->first);
        exit(1);
    }
}

static void pin(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) fail("sched_setaffinity");
}

static void pingpong(double seconds) {
    struct shared *shared = make_shared();
    pid_t child = fork_child();
    pin(child == 0);
    meet(shared, 2);
    if (child == 0) {
        for (uint64_t next = 1;; next++) {
            uint64_t found;
            while ((found = atomic_load(&shared->ping)) < next) {
            }
            if (found == UINT64_MAX) _exit(0);
            atomic_store(&shared->pong, next);
        }
    }
    static double times[1 << 20];
    uint64_t next = 0, end = now() + (uint64_t) (seconds * 1e9), before, after = 0;
    int batches = 0;
    while (batches < 1 << 20 && after < end) {
        before = now();
        for (int i = 0; i < BATCH; i++) {
            next++;
            atomic_store(&shared->ping, next);
            while (atomic_load(&shared->pong) != next) {
            }
        }
        after = now();
        times[batches++] = (double) (after - before) / BATCH;
    }
    atomic_store(&shared->ping, UINT64_MAX);
    waitpid(child, NULL, 0);
    printf("C.pingPong %.3f\n", best(times, batches, 100));
}

int main(int count, char **arguments) {
    const char *command = count > 1 ? arguments[1] : "";
    double seconds = count > 2 ? atof(arguments[2]) : 1;
    snprintf(name, sizeof name, "/shmbench-c-%d", (int) getpid());
    if (!strcmp(command, "locks")) locks();
    else if (!strcmp(command, "segment")) segment();
    else if (!strcmp(command, "contend")) contend();
    else if (!strcmp(command, "pingpong")) pingpong(seconds);
    else {
        fprintf(stderr, "Expected locks, segment, contend or pingpong, found '%s'\n", command);
        return 2;
    }
    return 0;
}
