import Glibc

/// Where a reader gets files from: the disk, or a dictionary in a test.
package struct JournalFiles: Sendable {
  /// The bytes of a file. A file that another one includes must stand in `folder`.
  package let contents: @Sendable (_ path: String, _ folder: String?) throws(FileFault) -> [UInt8]
  /// The names in a folder, for includes with `*` and `?`.
  package let names: @Sendable (_ folder: String) throws(FileFault) -> [String]

  package init(
    contents: @escaping @Sendable (_ path: String, _ folder: String?) throws(FileFault) -> [UInt8],
    names: @escaping @Sendable (_ folder: String) throws(FileFault) -> [String]
  ) {
    self.contents = contents
    self.names = names
  }

  /// Files that exist only in memory, by path.
  package static func inMemory(_ files: [String: [UInt8]]) -> JournalFiles {
    JournalFiles { path, _ throws(FileFault) in
      guard let bytes = files[path] else { throw .notFound }
      return bytes
    } names: { folder throws(FileFault) in
      let prefix = folder.isEmpty ? "" : folder + "/"
      return files.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        .filter { !$0.contains("/") }.sorted()
    }
  }

  /// The disk. Only regular files are read, and only up to `mostBytes`.
  package static func onDisk(mostBytes: Int = JournalLimits.fileBytes) -> JournalFiles {
    JournalFiles { path, folder throws(FileFault) in
      try DiskFile.contents(of: path, within: folder, mostBytes: mostBytes)
    } names: { folder throws(FileFault) in
      try DiskFile.names(in: folder.isEmpty ? "." : folder)
    }
  }

  /// The disk, for paths as people type them: `~` is their own folder, and what doesn't begin at
  /// the root begins in `workingFolder`. For formats of one file, which include no other.
  package static func onDisk(
    from workingFolder: String, mostBytes: Int = JournalLimits.fileBytes
  ) -> JournalFiles {
    let disk = onDisk(mostBytes: mostBytes)
    return JournalFiles { path, folder throws(FileFault) in
      try disk.contents(NewFile.path(path, in: workingFolder), folder)
    } names: { folder throws(FileFault) in
      try disk.names(NewFile.path(folder, in: workingFolder))
    }
  }
}

private enum DiskFile {
  /// Opened without waiting, so that a FIFO without a writer is refused rather than waited for.
  static func contents(
    of path: String, within folder: String?, mostBytes: Int
  ) throws(FileFault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw fault(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isFolder
    default: throw .notRegular
    }
    if let folder { try check(path, isWithin: folder) }
    guard status.st_size <= mostBytes else { throw .tooLarge(mostBytes: mostBytes) }
    return try bytes(of: descriptor, expected: Int(status.st_size), mostBytes: mostBytes)
  }

  static func names(in folder: String) throws(FileFault) -> [String] {
    guard let stream = opendir(folder) else { throw fault(errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { name in
          String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names.sorted()
  }

  /// Read until the end, whatever the size said: files under `/proc` say zero.
  private static func bytes(
    of descriptor: Int32, expected: Int, mostBytes: Int
  ) throws(FileFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw fault(errno) }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk.prefix(count))
      guard bytes.count <= mostBytes else { throw .tooLarge(mostBytes: mostBytes) }
    }
  }

  /// Symbolic links are followed before the comparison: a link out of the folder is out of it.
  private static func check(_ path: String, isWithin folder: String) throws(FileFault) {
    guard let real = realPath(path), let realFolder = realPath(folder.isEmpty ? "." : folder) else {
      throw fault(errno)
    }
    guard real.hasPrefix(realFolder == "/" ? "/" : realFolder + "/") else { throw .outsideFolder }
  }

  private static func realPath(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private static func fault(_ code: Int32) -> FileFault {
    switch code {
    case ENOENT, ENOTDIR: .notFound
    case EACCES, EPERM: .notPermitted
    // Opening a socket, or a device that isn't there.
    case ENXIO, ENODEV: .notRegular
    case EISDIR: .isFolder
    default: .failed(errno: code)
    }
  }
}
