/** Offsets in the header of a 64-bit ELF file, and in one of its program headers. */
const HEADER = { programHeaders: 32, sectionHeaders: 40, entrySize: 54, entries: 56, sections: 60, sectionNames: 62 };
const SEGMENT = { offset: 8, fileSize: 32 };

/** 0x7f, ELF, 64 bits, least significant byte first. */
const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);

/**
 * A Linux program without what is never loaded: symbols, debug information and the table of sections, which stand
 * behind the last segment. Node's is a seventh smaller without them, and takes a fraction of the time to inject into.
 * Works for any architecture, where `strip` knows its own.
 * @returns a copy
 * @throws Error when it is no 64-bit ELF program
 * @see https://man7.org/linux/man-pages/man5/elf.5.html
 */
export function trimElf(program: Buffer): Buffer {
  if (!program.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('This is no 64-bit ELF program');
  const trimmed = Buffer.from(program.subarray(0, endOfSegments(program)));
  trimmed.writeBigUInt64LE(0n, HEADER.sectionHeaders);
  trimmed.writeUInt16LE(0, HEADER.sections);
  trimmed.writeUInt16LE(0, HEADER.sectionNames);
  return trimmed;
}

function endOfSegments(program: Buffer): number {
  const start = Number(program.readBigUInt64LE(HEADER.programHeaders));
  const entrySize = program.readUInt16LE(HEADER.entrySize);
  const ends = Array.from({ length: program.readUInt16LE(HEADER.entries) }, (_, index) => {
    const segment = start + index * entrySize;
    return Number(
      program.readBigUInt64LE(segment + SEGMENT.offset) + program.readBigUInt64LE(segment + SEGMENT.fileSize),
    );
  });
  return Math.max(start + ends.length * entrySize, ...ends);
}
