#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

enum {
  restore_limit = 1024,
  program_limit = 64,
  path_limit = 1024,
  alternate_stack_bytes = 64 * 1024
};

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP};
static const int told_signals[] = {SIGINT,   SIGTERM, SIGHUP, SIGQUIT,
                                   SIGWINCH, SIGTSTP, SIGCONT};
enum {
  crash_count = sizeof crash_signals / sizeof *crash_signals,
  told_count = sizeof told_signals / sizeof *told_signals
};

// Written by the one thread that owns the terminal, read by handlers on any thread. The restoring
// bytes change only through `restore_current`, which is one word.
static int terminal_fd = -1;
static int pipe_fds[2] = {-1, -1};
static struct termios saved_modes;
static char restore_bytes[2][restore_limit];
static size_t restore_counts[2];
static volatile sig_atomic_t restore_current;
static volatile sig_atomic_t is_guarding;
static volatile sig_atomic_t is_ending;
static char program_name[program_limit];
// Empty where nobody said where reports belong.
static char report_path[path_limit];
static struct sigaction previous_crash[crash_count];
static int crash_watchers;
static struct sigaction previous_told[told_count];
static stack_t previous_stack;
static void *alternate_stack;

static void write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

void cterminal_restore(void) {
  int current = restore_current;
  write_all(terminal_fd, restore_bytes[current], restore_counts[current]);
  // A background process group that sets modes is stopped by SIGTTOU unless it is blocked.
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  tcsetattr(terminal_fd, TCSANOW, &saved_modes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static const char *crash_reason(int number) {
  switch (number) {
    case SIGSEGV: return "an invalid memory access (SIGSEGV)";
    case SIGBUS: return "a bus error (SIGBUS)";
    case SIGABRT: return "an abort (SIGABRT)";
    case SIGILL: return "a broken promise in the code (SIGILL)";
    case SIGFPE: return "an arithmetic fault (SIGFPE)";
    default: return "a broken promise in the code (SIGTRAP)";
  }
}

static void say(int fd, const char *text) { write_all(fd, text, strlen(text)); }

static void say_reason(int fd, int number) {
  say(fd, program_name);
  say(fd, ": stopped by ");
  say(fd, crash_reason(number));
  say(fd, ".");
}

/// Makes the report's file, for its owner's eyes, with the reason in it: whoever handled the signal
/// before may write its trace over that. False where it can't be made.
static bool begin_report(int number) {
  char folder[path_limit];
  strcpy(folder, report_path);
  for (char *slash = folder + 1; *slash != '\0'; slash++) {
    if (*slash != '/') continue;
    *slash = '\0';
    mkdir(folder, 0700);
    *slash = '/';
  }
  int fd = open(report_path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  say_reason(fd, number);
  say(fd, "\n");
  close(fd);
  return true;
}

/// Has whoever handled the signal before do so: Swift's runtime writes its trace and returns. What
/// it says about that meanwhile is for programmers, so a terminal is spared it.
static void hand_on(int number, siginfo_t *info, void *context, bool quietly) {
  const struct sigaction *previous = NULL;
  for (int index = 0; index < crash_count; index++)
    if (crash_signals[index] == number) previous = &previous_crash[index];
  if (previous == NULL || !(previous->sa_flags & SA_SIGINFO) || previous->sa_sigaction == NULL)
    return;
  int nowhere = quietly ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
  int streams[] = {STDOUT_FILENO, STDERR_FILENO}, kept[] = {-1, -1};
  for (int index = 0; index < 2 && nowhere >= 0; index++) {
    kept[index] = dup(streams[index]);
    dup2(nowhere, streams[index]);
  }
  previous->sa_sigaction(number, info, context);
  for (int index = 0; index < 2; index++)
    if (kept[index] >= 0) dup2(kept[index], streams[index]);
}

static void on_crash(int number, siginfo_t *info, void *context) {
  // Whatever goes wrong from here on ends the program at once.
  signal(number, SIG_DFL);
  int saved_errno = errno;
  bool has_terminal = is_guarding;
  if (has_terminal) {
    is_guarding = 0;
    cterminal_restore();
  }
  bool has_report = report_path[0] != '\0' && begin_report(number);
  hand_on(number, info, context, has_report);
  if (has_terminal || has_report) {
    say_reason(STDERR_FILENO, number);
    say(STDERR_FILENO, " What was saved is kept; start it again to go on.");
    if (has_report) {
      say(STDERR_FILENO, " The report: ");
      say(STDERR_FILENO, report_path);
    }
    say(STDERR_FILENO, "\n");
  }
  signal(number, SIG_DFL);
  // A fault happens again when its instruction is run again; what somebody sent doesn't.
  if (info != NULL && info->si_code > 0) {
    errno = saved_errno;
    return;
  }
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  raise(number);
}

static bool asks_to_end(int number) {
  return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

static void on_told(int number) {
  int saved_errno = errno;
  if (asks_to_end(number)) {
    if (is_ending) {
      is_guarding = 0;
      cterminal_restore();
      signal(number, SIG_DFL);
      raise(number);
      return;
    }
    is_ending = 1;
  }
  char byte = (char)number;
  // The pipe is non-blocking: if it is full, the program is told enough already.
  ssize_t written = write(pipe_fds[1], &byte, 1);
  (void)written;
  errno = saved_errno;
}

static void use_alternate_stack(void) {
  if (sigaltstack(NULL, &previous_stack) == 0 && !(previous_stack.ss_flags & SS_DISABLE) &&
      previous_stack.ss_size >= alternate_stack_bytes)
    return;
  void *memory = mmap(NULL, alternate_stack_bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t stack = {.ss_sp = memory, .ss_size = alternate_stack_bytes};
  if (sigaltstack(&stack, NULL) == 0)
    alternate_stack = memory;
  else
    munmap(memory, alternate_stack_bytes);
}

static void handle_told_signals(void) {
  struct sigaction action = {.sa_handler = on_told, .sa_flags = SA_RESTART | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < told_count; index++)
    sigaction(told_signals[index], &action, &previous_told[index]);
}

static void handle_crash_signals(void) {
  if (crash_watchers++ > 0) return;
  use_alternate_stack();
  // Not deferred: Swift's runtime reads memory while it writes its trace, and faults of that are its
  // own business.
  struct sigaction action = {.sa_sigaction = on_crash,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < crash_count; index++)
    sigaction(crash_signals[index], &action, &previous_crash[index]);
}

static void release_crash_signals(void) {
  if (--crash_watchers > 0) return;
  for (int index = 0; index < crash_count; index++)
    sigaction(crash_signals[index], &previous_crash[index], NULL);
  if (alternate_stack == NULL) return;
  sigaltstack(&previous_stack, NULL);
  munmap(alternate_stack, alternate_stack_bytes);
  alternate_stack = NULL;
}

int cterminal_guard(int terminal, const char *program) {
  if (is_guarding) {
    errno = EBUSY;
    return -1;
  }
  if (tcgetattr(terminal, &saved_modes) != 0) return -1;
  if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  terminal_fd = terminal;
  restore_counts[restore_current] = 0;
  strncpy(program_name, program, program_limit - 1);
  is_ending = 0;
  is_guarding = 1;
  handle_told_signals();
  handle_crash_signals();
  return pipe_fds[0];
}

bool cterminal_set_restore(const char *bytes, size_t count) {
  if (count > restore_limit) return false;
  int next = !restore_current;
  memcpy(restore_bytes[next], bytes, count);
  restore_counts[next] = count;
  restore_current = next;
  return true;
}

void cterminal_unguard(void) {
  if (pipe_fds[0] < 0) return;
  is_guarding = 0;
  for (int index = 0; index < told_count; index++)
    sigaction(told_signals[index], &previous_told[index], NULL);
  release_crash_signals();
  close(pipe_fds[0]);
  close(pipe_fds[1]);
  pipe_fds[0] = pipe_fds[1] = -1;
}

void cterminal_acknowledge(void) { is_ending = 0; }

void cterminal_stop(void) {
  struct sigaction stop = {.sa_handler = SIG_DFL}, ours;
  sigemptyset(&stop.sa_mask);
  sigaction(SIGTSTP, &stop, &ours);
  // The whole group stops, as it would for a key: the shell waits for all of it.
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

int cterminal_wcwidth(int character) { return wcwidth((wchar_t)character); }

bool cterminal_use_locale(const char *name) {
  // Only how characters are written: numbers and dates are ours to format.
  if (setlocale(LC_CTYPE, name) == NULL) {
    // The name often comes over ssh from a machine with other locales; what it says of the terminal
    // is true all the same.
    bool says_utf8 = strcasestr(name, "UTF-8") != NULL || strcasestr(name, "utf8") != NULL;
    setlocale(LC_CTYPE, says_utf8 ? "C.UTF-8" : "C");
  }
  return strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool cterminal_watch_crashes(const char *program, const char *report) {
  if (strlen(report) >= path_limit) return false;
  strcpy(report_path, report);
  strncpy(program_name, program, program_limit - 1);
  handle_crash_signals();
  return true;
}

bool cterminal_keep_memory_private(void) {
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

void cterminal_execute_again(char *const arguments[]) {
  // By its own path, since a process started as /proc/self/exe is called "exe" by everybody.
  char path[4096];
  ssize_t count = readlink("/proc/self/exe", path, sizeof path - 1);
  if (count <= 0) return;
  path[count] = '\0';
  execv(path, arguments);
}
