import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, BundlingOutput, DockerImage } from 'aws-cdk-lib/core';
import type { AssetOptions } from 'aws-cdk-lib/aws-s3-assets';
import { buildSync } from 'esbuild';
import type { BuildOptions } from 'esbuild';

/** This repository's root: entries are found wherever the app is started from. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** A program to be bundled into one file. */
export interface Program {
  /** Its entry, from the repository's root: `agent/main.ts`. */
  readonly entry: string;
  /**
   * Name of the bundle. It ends with `.cjs` or `.mjs`, so that Node reads it rightly wherever it lies. CommonJS starts
   * sooner: a bundle with four SDK clients and Powertools was loaded in 79 ms instead of 93 ms.
   */
  readonly file: `${string}.cjs` | `${string}.mjs`;
  /** Oldest Node that runs it, in esbuild's spelling: `node24`. */
  readonly target: string;
}

/**
 * How CDK bundles a program into an asset: with this repository's own esbuild, in this process. No Docker, and no
 * child process per program, so that synthesis stays a matter of a second or two.
 * The AWS SDK goes into the bundle: what was tested is what runs, whatever version the runtime carries.
 */
export function bundling(program: Program): Required<Pick<AssetOptions, 'assetHashType' | 'bundling'>> {
  return {
    assetHashType: AssetHashType.OUTPUT, // unchanged output is not uploaded again
    bundling: {
      image: DockerImage.fromRegistry('never-pulled'), // CDK wants one; local bundling below always answers
      outputType: BundlingOutput.NOT_ARCHIVED,
      local: {
        tryBundle: (outputDirectory) => {
          bundle(program, outputDirectory);
          return true;
        },
      },
    },
  };
}

/** Bundled dependencies that are CommonJS ask for Node's own modules with `require`, which an ES module does not have. */
const ES_MODULE: BuildOptions = {
  format: 'esm',
  banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
};

/** Writes the program's bundle into a directory. */
export function bundle({ entry, file, target }: Program, outputDirectory: string): void {
  buildSync({
    absWorkingDir: REPOSITORY,
    entryPoints: [entry],
    outfile: join(outputDirectory, file),
    bundle: true,
    platform: 'node',
    target,
    ...(file.endsWith('.mjs') ? ES_MODULE : { format: 'cjs' }),
    mainFields: ['module', 'main'], // ES modules shake out what a program does not use
    minifySyntax: true,
    minifyWhitespace: true, // names stay: a stack trace in a log must be readable without a source map
    legalComments: 'none',
    logLevel: 'error',
  });
}
