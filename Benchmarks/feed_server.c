// A loopback server for measurements: serves the files of a folder as feeds, each under any number of paths.
//
//     cc -O2 feed_server.c -o feed_server
//     ./feed_server FOLDER [PORT]
//
// /N is the file number N modulo their count, with an ETag of its own; a request that names it is answered with 304.
// The address is printed; the server ends with its standard input.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct client {
    int socket;
    char request[8192];
    size_t received;
    char head[512];
    size_t head_length, head_sent;
    const char *body;
    size_t body_length, body_sent;
};

static char **bodies;
static size_t *lengths;
static size_t count;

static void load(const char *folder) {
    DIR *directory = opendir(folder);
    if (!directory) {
        perror(folder);
        exit(1);
    }
    struct dirent *entry;
    while ((entry = readdir(directory))) {
        if (entry->d_name[0] == '.') continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = fopen(path, "rb");
        struct stat status;
        if (!file || fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode)) continue;
        bodies = realloc(bodies, (count + 1) * sizeof *bodies);
        lengths = realloc(lengths, (count + 1) * sizeof *lengths);
        bodies[count] = malloc(status.st_size);
        lengths[count] = fread(bodies[count], 1, status.st_size, file);
        count++;
        fclose(file);
    }
    closedir(directory);
    if (count == 0) {
        fprintf(stderr, "%s: no files\n", folder);
        exit(1);
    }
}

static void answer(struct client *client) {
    unsigned long number = 0;
    char *path = strchr(client->request, '/');
    if (path) number = strtoul(path + 1, NULL, 10);
    char tag[64];
    snprintf(tag, sizeof tag, "\"feed-%lu\"", number);
    if (strstr(client->request, tag)) {
        client->head_length = snprintf(client->head, sizeof client->head,
            "HTTP/1.1 304 Not Modified\r\nETag: %s\r\nServer: bench\r\n\r\n", tag);
        client->body_length = 0;
    } else {
        size_t place = number % count;
        client->head_length = snprintf(client->head, sizeof client->head,
            "HTTP/1.1 200 OK\r\nContent-Type: application/xml; charset=utf-8\r\nContent-Length: %zu\r\nETag: %s\r\n"
            "Server: bench\r\n\r\n", lengths[place], tag);
        client->body = bodies[place];
        client->body_length = lengths[place];
    }
    client->head_sent = client->body_sent = 0;
}

// Returns whether the client is still there.
static int serve(struct client *client, int set) {
    for (;;) {
        if (client->head_length == 0) {
            ssize_t got = recv(client->socket, client->request + client->received,
                sizeof client->request - 1 - client->received, 0);
            if (got == 0) return 0;
            if (got < 0) return errno == EAGAIN;
            client->received += got;
            client->request[client->received] = 0;
            if (!strstr(client->request, "\r\n\r\n")) {
                if (client->received >= sizeof client->request - 1) return 0;
                continue;
            }
            answer(client);
        }
        while (client->head_sent < client->head_length) {
            ssize_t sent = send(client->socket, client->head + client->head_sent,
                client->head_length - client->head_sent, MSG_NOSIGNAL | (client->body_length ? MSG_MORE : 0));
            if (sent < 0) return errno == EAGAIN;
            client->head_sent += sent;
        }
        while (client->body_sent < client->body_length) {
            ssize_t sent = send(client->socket, client->body + client->body_sent,
                client->body_length - client->body_sent, MSG_NOSIGNAL);
            if (sent < 0) return errno == EAGAIN;
            client->body_sent += sent;
        }
        client->received = client->head_length = 0;
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: %s FOLDER [PORT]\n", argv[0]);
        return 2;
    }
    load(argv[1]);
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(argc > 2 ? atoi(argv[2]) : 0)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 1024) != 0) {
        perror("listen");
        return 1;
    }
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    int set = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(set, EPOLL_CTL_ADD, listener, &event);
    struct pollfd input = {.fd = 0, .events = POLLIN};
    for (;;) {
        struct epoll_event events[256];
        int ready = epoll_wait(set, events, 256, 500);
        if (ready == 0 && poll(&input, 1, 0) > 0 && read(0, events, sizeof events) == 0) return 0;
        for (int place = 0; place < ready; place++) {
            struct client *client = events[place].data.ptr;
            if (!client) {
                int socket;
                while ((socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                    client = calloc(1, sizeof *client);
                    client->socket = socket;
                    event = (struct epoll_event){.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = client};
                    epoll_ctl(set, EPOLL_CTL_ADD, socket, &event);
                }
            } else if (!serve(client, set)) {
                close(client->socket);
                free(client);
            }
        }
    }
}
