const WORD = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs;
const PIECE = /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs;

/**
 * The words of a unit file's line: parted by blanks, kept together by quotes, a backslash takes the next character as it is.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting
 */
export function splitWords(line: string): string[] {
  return (line.match(WORD) ?? []).map((word) =>
    word.replace(PIECE, (_, escaped?: string, double?: string, single?: string) => {
      return escaped ?? double?.replace(/\\(.)/gs, '$1') ?? single ?? '';
    }),
  );
}

/**
 * Puts variables into a command's words: `${NAME}` anywhere, `$NAME` as a word of its own, which may become several words;
 * `$$` is a dollar. What is not set becomes empty.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function expandVariables(words: readonly string[], environment: Readonly<Record<string, string>>): string[] {
  return words.flatMap((word) => {
    const [, alone] = /^\$([A-Za-z_]\w*)$/.exec(word) ?? [];
    if (alone !== undefined) return (environment[alone] ?? '').split(/\s+/).filter(Boolean);
    return word.replace(
      /\$(?:(\$)|\{([A-Za-z_]\w*)\})/g,
      (_, dollar?: string, name?: string) => dollar ?? environment[name ?? ''] ?? '',
    );
  });
}
