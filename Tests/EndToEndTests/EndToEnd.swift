import Testing

/// The built executable, used as people use it: keys in a real terminal and commands in a shell.
///
/// One test at a time, so that what is waited for isn't slowed down by the next one.
@Suite(.serialized, .enabled(if: Terminal.isAvailable, "tmux is missing: apt-get install tmux"))
struct EndToEnd {}
