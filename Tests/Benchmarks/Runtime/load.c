/* load PORT CLIENTS SECONDS REQUEST-FILE: sends the bytes of the file again and again, and prints calls a second and the
   50th and 99th percentile in microseconds. Each client is a thread with a connection of its own. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 2000000 };

static char request[1 << 20];
static size_t request_count;
static int port;
static double seconds;

struct client {
    pthread_t thread;
    unsigned *micros;
    size_t count;
    int failed;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void *run(void *argument) {
    struct client *client = argument;
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int one = 1;
    static __thread char buffer[1 << 18];
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection, (struct sockaddr *)&place, sizeof place) != 0) {
        client->failed = 1;
        return NULL;
    }
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    double end = now() + seconds;
    while (client->count < MOST) {
        double start = now();
        if (start > end) break;
        size_t have = 0, length = 0;
        char *body = NULL;
        if (write(connection, request, request_count) != (ssize_t)request_count) client->failed = 1;
        while (!client->failed && (body == NULL || have < (size_t)(body - buffer) + length)) {
            ssize_t got = read(connection, buffer + have, sizeof buffer - 1 - have);
            if (got <= 0) {
                client->failed = 1;
                break;
            }
            have += (size_t)got;
            buffer[have] = 0;
            if (body == NULL && (body = strstr(buffer, "\r\n\r\n")) != NULL) {
                const char *field = strcasestr(buffer, "\r\ncontent-length:");
                body += 4;
                length = field == NULL ? 0 : (size_t)atol(field + 17);
            }
        }
        if (client->failed || strncmp(buffer, "HTTP/1.1 200", 12) != 0) {
            client->failed = 1;
            fprintf(stderr, "%.300s\n", buffer);
            break;
        }
        client->micros[client->count++] = (unsigned)((now() - start) * 1e6);
    }
    close(connection);
    return NULL;
}

static int compare(const void *left, const void *right) {
    unsigned a = *(const unsigned *)left, b = *(const unsigned *)right;
    return (a > b) - (a < b);
}

int main(int count, char **words) {
    if (count != 5) return 2;
    port = atoi(words[1]);
    int clients = atoi(words[2]);
    seconds = atof(words[3]);
    FILE *file = fopen(words[4], "rb");
    if (file == NULL || clients < 1 || clients > 256) return 2;
    request_count = fread(request, 1, sizeof request, file);
    struct client *all = calloc((size_t)clients, sizeof *all);
    double start = now();
    for (int i = 0; i < clients; i++) {
        all[i].micros = malloc(MOST * sizeof(unsigned));
        pthread_create(&all[i].thread, NULL, run, &all[i]);
    }
    size_t total = 0;
    int failed = 0;
    for (int i = 0; i < clients; i++) {
        pthread_join(all[i].thread, NULL);
        total += all[i].count;
        failed |= all[i].failed;
    }
    double elapsed = now() - start;
    unsigned *micros = malloc((total + 1) * sizeof(unsigned));
    size_t place = 0;
    for (int i = 0; i < clients; i++) {
        memcpy(micros + place, all[i].micros, all[i].count * sizeof(unsigned));
        place += all[i].count;
    }
    if (failed || total == 0) return 1;
    qsort(micros, total, sizeof(unsigned), compare);
    printf("%.0f %u %u\n", (double)total / elapsed, micros[total / 2], micros[total * 99 / 100]);
    return 0;
}
