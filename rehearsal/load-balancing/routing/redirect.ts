import type { Action } from './action.ts';
import type { RequestView } from './condition.ts';

/** Where a redirect leads: `#{host}`, `#{path}`, `#{port}`, `#{protocol}` and `#{query}` are those of the request. */
export function redirectLocation(
  { Protocol, Host, Port, Path, Query }: Extract<Action, { type: 'redirect' }>,
  { host, path, query }: RequestView,
): string {
  const [hostName = '', port = '80'] = host.split(':');
  const known: Record<string, string> = {
    host: hostName,
    port,
    path: path.slice(1),
    protocol: 'HTTP',
    query: query.toString(),
  };
  const fill = (text: string): string => text.replace(/#\{(\w+)\}/g, (_, name: string) => known[name] ?? '');
  const search = fill(Query);
  return `${fill(Protocol).toLowerCase()}://${fill(Host)}:${fill(Port)}${fill(Path)}${search === '' ? '' : `?${search}`}`;
}
