import { AppSpecError } from '../app-spec-error.ts';
import type { Finding } from '../finding.ts';
import { errorFinding } from '../finding.ts';
import { BEGINNING } from '../position.ts';
import type { Report } from '../report.ts';
import { attempt } from '../report.ts';
import { listOf, mapOf } from '../shapes.ts';
import type { MapPlace, Place } from '../yaml-place.ts';
import { readYaml, written } from '../yaml-place.ts';
import { checkEcsService } from './ecs-service.ts';
import { checkHookFunctions } from './hook-functions.ts';
import { checkLambdaFunction } from './lambda-function.ts';
import { memberOf, onlyEntry, requiredMap, requiredText } from './members.ts';

interface Platform {
  readonly type: string;
  readonly hookEvents: readonly string[];
  readonly checkProperties: (properties: MapPlace, report: Report) => void;
}

const PLATFORMS = {
  Lambda: {
    type: 'AWS::Lambda::Function',
    hookEvents: ['BeforeAllowTraffic', 'AfterAllowTraffic'],
    checkProperties: checkLambdaFunction,
  },
  ECS: {
    type: 'AWS::ECS::Service',
    hookEvents: ['BeforeInstall', 'AfterInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic', 'AfterAllowTraffic'],
    checkProperties: checkEcsService,
  },
} satisfies Record<string, Platform>;

/**
 * Checks the AppSpec of a deployment to Lambda or ECS, in YAML or JSON, of which YAML is a superset:
 *
 *     version: 0.0
 *     Resources:
 *       - orders:
 *           Type: AWS::Lambda::Function
 *           Properties: { Name: orders, Alias: live, CurrentVersion: 1, TargetVersion: 2 }
 *     Hooks:
 *       - BeforeAllowTraffic: CodeDeployHook_smoke-test
 *
 * @returns every fault, in the order of the file
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure.html
 */
export function checkResourceAppSpec(text: string, computePlatform: keyof typeof PLATFORMS): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (fault) => {
    findings.push(errorFinding(fault));
  };
  const platform = PLATFORMS[computePlatform];
  // Of errors in the YAML itself only the first counts: the others are guesses about what it spoilt.
  const file = attempt(() => contentOf(readYaml(text)), report);
  if (!file) return findings;
  attempt(() => {
    requireVersion(file);
  }, report);
  attempt(() => {
    checkResource(file, platform, report);
  }, report);
  attempt(() => {
    checkHookFunctions(memberOf(file, 'Hooks'), platform.hookEvents, report);
  }, report);
  return findings.sort((one, other) => one.line - other.line || one.column - other.column);
}

function contentOf(file: Place): MapPlace {
  if (file.kind !== 'nothing') return mapOf(file, 'the content');
  throw new AppSpecError('The AppSpec is empty.', BEGINNING, 'begin with "version: 0.0" and "Resources:"');
}

function requireVersion(file: MapPlace): void {
  const version = memberOf(file, 'version');
  if (version?.kind === 'scalar' && (version.value === 0 || version.value === '0.0')) return;
  throw new AppSpecError(
    `The version of the AppSpec is ${written(version) || 'missing'}.`,
    version ?? BEGINNING,
    'write "version: 0.0"',
  );
}

function checkResource(file: MapPlace, { type, checkProperties }: Platform, report: Report): void {
  const remedy = `write "Resources:" with one entry, "- <name>:", of Type ${type}`;
  const section = memberOf(file, 'Resources');
  const [resource, ...others] = listOf(section, 'Resources');
  if (!resource || others.length > 0) {
    const message = resource
      ? `The AppSpec has ${others.length + 1} Resources instead of one.`
      : 'The AppSpec has no Resources.';
    throw new AppSpecError(message, others[0] ?? section ?? file, remedy);
  }
  const { value } = onlyEntry(resource, 'an entry of Resources', remedy);
  const definition = mapOf(value, 'the only entry of Resources');
  const givenType = requiredText(definition, 'Type', `add "Type: ${type}"`);
  if (givenType.text !== type) {
    throw new AppSpecError(`The Type ${givenType.text} cannot be deployed here.`, givenType, `write ${type}`);
  }
  checkProperties(requiredMap(definition, 'Properties', 'add "Properties:"'), report);
}
