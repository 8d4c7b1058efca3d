/** A Region of a rehearsal has three zones. */
export const zonesOf = (region: string): readonly string[] => ['a', 'b', 'c'].map((letter) => `${region}${letter}`);

/**
 * The id that a zone has in every account: `use1-az1` for `us-east-1a`. On AWS the letters are shuffled per account.
 */
export function zoneId(zone: string): string {
  const [, area = '', direction = '', number = '', letter = 'a'] = /^([a-z]+)-([a-z]+)-(\d)([a-z])$/.exec(zone) ?? [];
  const compass = direction.replace(/north|south|east|west|central/g, (word) => word.charAt(0));
  return `${area}${compass}${number}-az${letter.charCodeAt(0) - 96}`;
}
