/* Times one function of CasADi's: the inputs come first on standard input, then what to do, by line.
 *
 *     COUNT NUMBER ...    the inputs, one after the other
 *     time CALLS          answered by the nanoseconds that so many calls took
 *     result              answered by the numbers of all outputs
 *
 * The function is compiled apart, so that the calls cannot be merged. FUNCTION is its name.
 */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define JOIN(name, rest) name##rest
#define OF(name, rest) JOIN(name, rest)

int FUNCTION(const double **inputs, double **outputs, long long *integers, double *numbers, int memory);
long long OF(FUNCTION, _n_in)(void);
long long OF(FUNCTION, _n_out)(void);
const long long *OF(FUNCTION, _sparsity_in)(long long index);
const long long *OF(FUNCTION, _sparsity_out)(long long index);
int OF(FUNCTION, _work)(long long *inputs, long long *outputs, long long *integers, long long *numbers);

/* How many numbers a matrix has: rows, columns, then 1 for a dense one. */
static long long size(const long long *sparsity) {
    if (sparsity[2] != 1) {
        fprintf(stderr, "a matrix is not dense\n");
        exit(1);
    }
    return sparsity[0] * sparsity[1];
}

static void *allocate(long long count) {
    void *memory = calloc(count + 1, sizeof(double));
    if (memory == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return memory;
}

int main(void) {
    long long input_count, output_count, integer_count, number_count;
    OF(FUNCTION, _work)(&input_count, &output_count, &integer_count, &number_count);
    const double **inputs = allocate(input_count);
    double **outputs = allocate(output_count);
    long long *integers = allocate(integer_count);
    double *numbers = allocate(number_count);

    long long given, expected = 0;
    if (scanf("%lld", &given) != 1) {
        return 1;
    }
    for (long long i = 0; i < OF(FUNCTION, _n_in)(); i++) {
        long long count = size(OF(FUNCTION, _sparsity_in)(i));
        double *input = allocate(count);
        expected += count;
        for (long long j = 0; j < count; j++) {
            if (scanf("%lf", &input[j]) != 1) {
                return 1;
            }
        }
        inputs[i] = input;
    }
    if (given != expected) {
        fprintf(stderr, "%lld numbers for %lld\n", given, expected);
        return 1;
    }
    for (long long i = 0; i < OF(FUNCTION, _n_out)(); i++) {
        outputs[i] = allocate(size(OF(FUNCTION, _sparsity_out)(i)));
    }

    char command[16];
    while (scanf("%15s", command) == 1) {
        if (strcmp(command, "time") == 0) {
            long long calls;
            if (scanf("%lld", &calls) != 1) {
                return 1;
            }
            struct timespec start, end;
            clock_gettime(CLOCK_MONOTONIC, &start);
            for (long long call = 0; call < calls; call++) {
                FUNCTION(inputs, outputs, integers, numbers, 0);
            }
            clock_gettime(CLOCK_MONOTONIC, &end);
            printf("%.0f", (end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec));
        } else {
            FUNCTION(inputs, outputs, integers, numbers, 0);
            for (long long i = 0; i < OF(FUNCTION, _n_out)(); i++) {
                for (long long j = 0; j < size(OF(FUNCTION, _sparsity_out)(i)); j++) {
                    printf("%.17g ", outputs[i][j]);
                }
            }
        }
        printf("\n");
        fflush(stdout);
    }
    return 0;
}
