import { registerHooks } from 'node:module';

/** What fauxqs has written into its sources and a rehearsal needs otherwise: where, what, and instead of it. */
interface Adaptation {
  readonly module: string;
  readonly original: string;
  readonly replacement: string;
}

const adaptations = (accountId: string): readonly Adaptation[] => [
  // Queue URLs and ARNs carry the account: they must match the ARNs that a template computes.
  ...['common/types.js', 'sqs/actions/receiveMessage.js', 'sns/actions/getSubscriptionAttributes.js'].map((module) => ({
    module,
    original: '000000000000',
    replacement: accountId,
  })),
  // Queue URLs name the address that the client used, as no resolver knows sqs.<region>.localhost.
  { module: 'sqs/sqsStore.js', original: 'this.host ? ', replacement: 'this.host === null ? ' },
  // S3 takes up to 5 GiB in one request; assets and revisions exceed 11 MiB easily.
  { module: 'app.js', original: 'bodyLimit: 11 * 1_048_576', replacement: 'bodyLimit: 1024 * 1_048_576' },
];

/**
 * Adapts fauxqs while it is loaded; has to run before its first import.
 * @throws Error on that import when a new version of fauxqs no longer contains what is replaced
 */
export function adaptFauxqs(accountId: string): void {
  const table = adaptations(accountId);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const adaptation = table.find(({ module }) => url.endsWith(`/node_modules/fauxqs/dist/${module}`));
      if (!adaptation || loaded.source === undefined) return loaded;
      return { ...loaded, source: adapt(String(Buffer.from(loaded.source as Uint8Array)), adaptation) };
    },
  });
}

function adapt(source: string, { module, original, replacement }: Adaptation): string {
  if (!source.includes(original))
    throw new Error(`fauxqs no longer contains '${original}' in ${module}: adapt it anew`);
  return source.replaceAll(original, replacement);
}
