import { AppSpecError } from '../app-spec-error.ts';
import type { Report } from '../report.ts';
import { attempt } from '../report.ts';
import type { MapPlace } from '../yaml-place.ts';
import { requiredText, type TextPlace } from './members.ts';

/**
 * Checks which version of which function shall take the traffic:
 *
 *     Name: orders
 *     Alias: live
 *     CurrentVersion: 1
 *     TargetVersion: 2
 */
export function checkLambdaFunction(properties: MapPlace, report: Report): void {
  attempt(() => requiredText(properties, 'Name', 'add "Name:", the name of the function'), report);
  attempt(() => requiredText(properties, 'Alias', 'add "Alias:", whose traffic is shifted'), report);
  const current = attempt(() => versionAt(properties, 'CurrentVersion', 'that the alias points to'), report);
  const target = attempt(() => versionAt(properties, 'TargetVersion', 'that shall take the traffic'), report);
  if (!current || target?.text !== current.text) return;
  report(
    new AppSpecError(
      `CurrentVersion and TargetVersion are both ${target.text}: there is no traffic to shift.`,
      target,
      'publish a version, and name it as TargetVersion',
    ),
  );
}

function versionAt(properties: MapPlace, name: string, meaning: string): TextPlace {
  const version = requiredText(properties, name, `add "${name}:", the number of the published version ${meaning}`);
  if (/^[1-9]\d*$/.test(version.text)) return version;
  throw new AppSpecError(
    `The ${name} ${version.text} is not the number of a published version.`,
    version,
    'write its number: $LATEST and aliases cannot be deployed',
  );
}
