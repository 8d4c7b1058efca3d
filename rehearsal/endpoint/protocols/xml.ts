/** What stands for one element of a list: `member` in the Query protocol, `item` in EC2's. */
export type ListElement = 'member' | 'item';

/**
 * Renders the members of an output object as XML elements. Arrays become lists, dates ISO 8601, bytes base64;
 * undefined and null are left out, an empty array is an empty element.
 */
export function renderXml(output: Readonly<Record<string, unknown>>, listElement: ListElement): string {
  return Object.entries(output)
    .map(([name, value]) => element(name, value, listElement))
    .join('');
}

/** `<Name>value</Name>`, or nothing when there is no value. */
export function element(name: string, value: unknown, listElement: ListElement): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value, listElement)}</${name}>`;
}

function content(value: unknown, listElement: ListElement): string {
  if (Array.isArray(value)) return value.map((entry: unknown) => element(listElement, entry, listElement)).join('');
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object') return renderXml(value as Record<string, unknown>, listElement);
  return escapeXml(String(value));
}

/** Text for an element. Characters that XML 1.0 cannot carry (a script's colour codes, say) become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(UNREPRESENTABLE, '\uFFFD')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;');
}

const UNREPRESENTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
