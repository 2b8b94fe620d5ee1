// What has to happen in C: signal handlers, which may call only async-signal-safe functions and
// must not run Swift code, and what Swift doesn't import of the C library.
#ifndef COREFLOW_CTERMINAL_H
#define COREFLOW_CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/// Remembers the terminal's modes and takes over the signals. From here on a crash puts the
/// terminal back before anything else happens, and every other signal is only written, as one byte,
/// to the pipe. A second request to end, while the first is unread, puts the terminal back and
/// ends.
///
/// `program` names the program in the line that a crash leaves. Returns the pipe's reading end, or
/// -1 with errno set.
int cterminal_guard(int terminal, const char *program);

/// From here on a crash leaves a report in the file `report`, which isn't there yet and whose folder
/// is made when it is needed, and says so in a line that calls the program `program`. A path of
/// 1,024 bytes or more is refused.
bool cterminal_watch_crashes(const char *program, const char *report);

/// Closes the process's memory, which holds passwords and books, to other processes of the same
/// user. True if it is closed.
bool cterminal_keep_memory_private(void);

/// Sets the bytes that put the terminal's screen back; longer ones than 1,024 are refused.
bool cterminal_set_restore(const char *bytes, size_t count);

/// Puts the terminal's screen and modes back, as a crash would.
void cterminal_restore(void);

/// Gives the signals back to whoever had them.
void cterminal_unguard(void);

/// Says that the request to end has been read.
void cterminal_acknowledge(void);

/// Stops the program as Ctrl-Z does in a shell; returns when it is resumed.
void cterminal_stop(void);

/// Columns that the C library, and so ncurses, takes for a character in the current locale; -1 if
/// it shows none.
int cterminal_wcwidth(int character);

/// Writes characters as this locale does. True if that is UTF-8.
bool cterminal_use_locale(const char *name);

/// Starts the program again, in this process, with its arguments and the present environment.
/// Returns only if that can't be done.
void cterminal_execute_again(char *const arguments[]);

#endif
