import { z } from 'zod';
import { listOf, texts } from '../../ec2/input.ts';

const values = z.object({ Values: texts.default([]) }).optional();

/** When a listener's rule applies. */
export const condition = z.object({
  Field: z.enum(['path-pattern', 'host-header', 'http-request-method', 'http-header', 'query-string']),
  Values: texts.optional(),
  PathPatternConfig: values,
  HostHeaderConfig: values,
  HttpRequestMethodConfig: values,
  HttpHeaderConfig: z.object({ HttpHeaderName: z.string(), Values: texts.default([]) }).optional(),
  QueryStringConfig: z
    .object({ Values: listOf(z.object({ Key: z.string().optional(), Value: z.string() })).default([]) })
    .optional(),
});
export type Condition = z.output<typeof condition>;

/** The parts of a request that conditions look at. */
export interface RequestView {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
}

/** Whether a request meets a condition: one of its values suffices. */
export function meets(request: RequestView, one: Condition): boolean {
  switch (one.Field) {
    case 'path-pattern':
      return (one.PathPatternConfig?.Values ?? one.Values ?? []).some((pattern) => like(pattern, request.path));
    case 'host-header': {
      const host = request.host.replace(/:\d+$/, '').toLowerCase();
      return (one.HostHeaderConfig?.Values ?? one.Values ?? []).some((pattern) => like(pattern.toLowerCase(), host));
    }
    case 'http-request-method':
      return (one.HttpRequestMethodConfig?.Values ?? []).includes(request.method);
    case 'http-header': {
      const seen = request.header(one.HttpHeaderConfig?.HttpHeaderName ?? '');
      return (
        seen !== undefined &&
        (one.HttpHeaderConfig?.Values ?? []).some((pattern) => like(pattern.toLowerCase(), seen.toLowerCase()))
      );
    }
    case 'query-string':
      return (one.QueryStringConfig?.Values ?? []).some(({ Key, Value }) =>
        [...request.query].some(([key, value]) => (Key === undefined || like(Key, key)) && like(Value, value)),
      );
  }
}

/** `*` stands for any text, `?` for one character. */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
