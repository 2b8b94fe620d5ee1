// What Swift can't import of ncurses by itself: wide-character functions are declared only when
// asked for, and macros with casts and variadic functions not at all. Nothing here keeps state.
#ifndef COREFLOW_CNCURSES_H
#define COREFLOW_CNCURSES_H

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1

#include <ncurses.h>
#include <stdbool.h>
#include <stdint.h>
#include <term.h>
#include <wchar.h>

// term.h defines names such as `columns` and `lines` as macros, which must not leak into Swift.
#undef columns
#undef lines

/// A bit set, for one cell.
enum {
  cncurses_bold = 1,
  cncurses_dim = 2,
  cncurses_underline = 4,
  cncurses_reverse = 8
};

static inline attr_t cncurses_attributes(int set) {
  attr_t attributes = A_NORMAL;
  if (set & cncurses_bold) attributes |= A_BOLD;
  if (set & cncurses_dim) attributes |= A_DIM;
  if (set & cncurses_underline) attributes |= A_UNDERLINE;
  if (set & cncurses_reverse) attributes |= A_REVERSE;
  return attributes;
}

/// Puts one character with its combining marks (ended by 0) into a cell of the window.
/// The pair may be any that init_extended_pair has defined.
static inline void cncurses_put(
    WINDOW *window, int row, int column, const wchar_t *text, int set, int pair) {
  cchar_t cell;
  if (setcchar(&cell, text, cncurses_attributes(set), 0, &pair) == OK)
    mvwadd_wchnstr(window, row, column, &cell, 1);
}

/// The same for a printable character of ASCII.
static inline void cncurses_put_plain(
    WINDOW *window, int row, int column, unsigned char character, int set, int pair) {
  const wchar_t text[] = {character, 0};
  cncurses_put(window, row, column, text, set, pair);
}

/// A string capability, such as "rmcup"; NULL if the terminal has none.
static inline const char *cncurses_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

#endif
