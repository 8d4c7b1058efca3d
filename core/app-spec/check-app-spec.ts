import type { AppSpec } from './app-spec.ts';
import type { Finding } from './finding.ts';
import { errorFinding } from './finding.ts';
import { readAppSpec } from './parse-app-spec.ts';
import type { Report } from './report.ts';
import { attempt } from './report.ts';
import { surprisingKeys } from './surprising-keys.ts';
import { surprisingValues } from './surprising-values.ts';
import { readYaml } from './yaml-place.ts';

export interface CheckedAppSpec {
  /** What could be read, faulty entries left out; undefined when nothing could. */
  readonly appSpec: AppSpec | undefined;
  /** In the order of the file. */
  readonly findings: readonly Finding[];
}

/** Checks an AppSpec whole: all that `parseAppSpec` would refuse, not only the first, and what would surprise. */
export function checkAppSpec(text: string): CheckedAppSpec {
  const findings: Finding[] = [];
  const report: Report = (fault) => {
    findings.push(errorFinding(fault));
  };
  // Of errors in the YAML itself only the first counts: the others are guesses about what it spoilt.
  const file = attempt(() => readYaml(text), report);
  const appSpec = file && attempt(() => readAppSpec(file, report), report);
  if (file?.kind === 'map') findings.push(...surprisingKeys(file), ...surprisingValues(file));
  return { appSpec, findings: findings.sort((one, other) => one.line - other.line || one.column - other.column) };
}
