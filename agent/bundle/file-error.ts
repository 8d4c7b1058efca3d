const CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EIO']);

/** Whether a download failed at this host's own files: asking again for it helps nobody. */
export function isFileError(error: unknown): boolean {
  return CODES.has((error as NodeJS.ErrnoException).code ?? '');
}
