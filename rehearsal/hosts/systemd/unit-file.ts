/** Assignments of a section, in the order of the file. */
type Section = readonly (readonly [key: string, value: string])[];

/** Sections by name. */
type UnitFile = ReadonlyMap<string, Section>;

/**
 * Reads the syntax of unit files, whatever they describe.
 *
 * [Service]
 * ExecStart=/usr/bin/node /opt/agent/main.mjs \
 *   --verbose
 * ; a comment
 * Environment="GREETING=good day" LOG_LEVEL=debug
 */
export function parseUnitFile(text: string): UnitFile {
  const sections = new Map<string, [string, string][]>();
  let section: [string, string][] = [];
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [, name] = /^\[(.+)\]\s*$/.exec(line) ?? [];
    const [, key, value] = /^([A-Za-z][\w-]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      section = sections.get(name) ?? [];
      sections.set(name, section);
    } else if (key !== undefined && value !== undefined) {
      section.push([key, value]);
    }
  }
  return sections;
}

/** Every value of a setting that may stand several times; an empty assignment forgets those before it. */
export function allValues(section: Section, key: string): string[] {
  const values = section.filter(([name]) => name === key).map(([, value]) => value);
  return values.slice(values.lastIndexOf('') + 1);
}

/** The value of a setting of which the last assignment counts. */
export function lastValue(section: Section, key: string): string | undefined {
  return allValues(section, key).at(-1);
}
