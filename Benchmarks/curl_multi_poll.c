// What polling costs without parsing and storing: a bare curl_multi program that discards every body.
//
//     cc -O2 curl_multi_poll.c -o curl_multi_poll $(pkg-config --cflags --libs libcurl)
//     ./curl_multi_poll URLS TAGS [TRANSFERS] [CACERT]
//
// URLS holds one URL a line. TAGS keeps the ETag of each for the next call, one a line in the same order.
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>

struct source {
    char *url;
    char *tag;
    struct curl_slist *headers;
};

static struct source *sources;
static size_t count, next_source;
static const char *certificates;
static long whole, unchanged, failed;

static size_t discard(char *bytes, size_t size, size_t number, void *context) {
    return size * number;
}

static size_t take_header(char *bytes, size_t size, size_t number, void *context) {
    struct source *source = context;
    size_t length = size * number;
    if (length > 5 && strncasecmp(bytes, "etag:", 5) == 0) {
        char *start = bytes + 5, *end = bytes + length;
        while (start < end && *start == ' ') start++;
        while (end > start && (end[-1] == '\r' || end[-1] == '\n')) end--;
        free(source->tag);
        source->tag = strndup(start, end - start);
    }
    return length;
}

static void start(CURLM *multi, CURL *easy) {
    struct source *source = &sources[next_source++];
    curl_easy_setopt(easy, CURLOPT_URL, source->url);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, source);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, source);
    if (source->tag) {
        char line[1024];
        snprintf(line, sizeof line, "If-None-Match: %s", source->tag);
        source->headers = curl_slist_append(NULL, line);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, source->headers);
    curl_multi_add_handle(multi, easy);
}

static void read_lines(const char *path, int are_tags) {
    FILE *file = fopen(path, "r");
    if (!file) {
        if (are_tags) return;
        perror(path);
        exit(1);
    }
    char *line = NULL;
    size_t room = 0, place = 0;
    ssize_t length;
    while ((length = getline(&line, &room, file)) > 0) {
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) line[--length] = 0;
        if (are_tags) {
            if (place < count && length > 0) sources[place].tag = strdup(line);
            place++;
        } else if (length > 0) {
            sources = realloc(sources, (count + 1) * sizeof *sources);
            sources[count++] = (struct source){.url = strdup(line)};
        }
    }
    free(line);
    fclose(file);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: %s URLS TAGS [TRANSFERS] [CACERT]\n", argv[0]);
        return 2;
    }
    size_t transfers = argc > 3 ? strtoul(argv[3], NULL, 10) : 64;
    certificates = argc > 4 ? argv[4] : NULL;
    read_lines(argv[1], 0);
    read_lines(argv[2], 1);
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    for (size_t place = 0; place < transfers && next_source < count; place++) {
        CURL *easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 30000L);
        if (certificates) curl_easy_setopt(easy, CURLOPT_CAINFO, certificates);
        start(multi, easy);
    }
    int running = 1;
    while (running || next_source < count) {
        curl_multi_perform(multi, &running);
        CURLMsg *message;
        int left;
        while ((message = curl_multi_info_read(multi, &left))) {
            CURL *easy = message->easy_handle;
            struct source *source;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&source);
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            if (message->data.result != CURLE_OK) failed++;
            else if (status == 304) unchanged++;
            else if (status == 200) whole++;
            else failed++;
            curl_multi_remove_handle(multi, easy);
            curl_slist_free_all(source->headers);
            source->headers = NULL;
            if (next_source < count) {
                start(multi, easy);
                running = 1;
            } else {
                curl_easy_cleanup(easy);
            }
        }
        if (running) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    FILE *file = fopen(argv[2], "w");
    if (!file) {
        perror(argv[2]);
        return 1;
    }
    for (size_t place = 0; place < count; place++) fprintf(file, "%s\n", sources[place].tag ? sources[place].tag : "");
    fclose(file);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double seconds = (end.tv_sec - begin.tv_sec) + (end.tv_nsec - begin.tv_nsec) / 1e9;
    double work = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("{\"feeds\": %zu, \"status_200\": %ld, \"status_304\": %ld, \"failed\": %ld, \"seconds\": %.3f, "
           "\"feeds_per_second\": %.0f, \"processor_seconds\": %.3f, \"peak_megabytes\": %.1f}\n",
           count, whole, unchanged, failed, seconds, count / seconds, work, usage.ru_maxrss / 1024.0);
    return 0;
}
