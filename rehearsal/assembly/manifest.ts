import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of `manifest.json`, what a deployment needs. @see https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema */
interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly file?: string;
    readonly directoryName?: string;
  };
}

/** A stack of the assembly. */
export interface AssemblyStack {
  readonly artifactId: string;
  readonly stackName: string;
  readonly templateFile: string;
  /** Artifact ids of the stacks that have to be deployed before. */
  readonly dependencies: readonly string[];
}

export interface AssemblyContents {
  readonly stacks: readonly AssemblyStack[];
  /** Files that list what has to be uploaded. */
  readonly assetManifests: readonly string[];
}

/**
 * Reads a synthesized assembly, stages included.
 * @throws Error when the directory holds none
 */
export async function readAssembly(directory: string): Promise<AssemblyContents> {
  const artifacts = Object.entries((await readManifest(directory)).artifacts ?? {});
  const ofType = (type: string) => artifacts.filter(([, artifact]) => artifact.type === type);
  const nested = await Promise.all(
    ofType('cdk:cloud-assembly').map(([, { properties }]) =>
      readAssembly(join(directory, properties?.directoryName ?? '')),
    ),
  );
  const stacks = ofType('aws:cloudformation:stack').map(([artifactId, { properties, dependencies = [] }]) => ({
    artifactId,
    stackName: properties?.stackName ?? artifactId,
    templateFile: join(directory, properties?.templateFile ?? ''),
    dependencies,
  }));
  return {
    stacks: [...stacks, ...nested.flatMap((assembly) => assembly.stacks)],
    assetManifests: [
      ...ofType('cdk:asset-manifest').map(([, { properties }]) => join(directory, properties?.file ?? '')),
      ...nested.flatMap((assembly) => assembly.assetManifests),
    ],
  };
}

async function readManifest(directory: string): Promise<Manifest> {
  const file = join(directory, 'manifest.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(
      `${directory} is no synthesized assembly (no manifest.json): name the directory that cdk synth wrote`,
      { cause },
    );
  });
  return JSON.parse(text) as Manifest;
}

/** Dependencies first; otherwise as the assembly lists them. */
export function inDeploymentOrder(stacks: readonly AssemblyStack[]): AssemblyStack[] {
  const ordered = new Set<AssemblyStack>();
  const add = (stack: AssemblyStack): void => {
    if (ordered.has(stack)) return;
    for (const other of stacks) if (stack.dependencies.includes(other.artifactId)) add(other);
    ordered.add(stack);
  };
  stacks.forEach(add);
  return [...ordered];
}
